package dev.verso.sql.resolve;

import dev.verso.parser.ast.Select.CommonTable;
import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.Source;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The common table expressions of one WITH. */
final class CommonTableScope {
    private final CommonTableScope around;
    private final List<CommonTable> tables;
    private final List<CommonTable> open = new ArrayList<>();
    private final Map<CommonTable, RecursiveReference> recursive = new IdentityHashMap<>();

    private final Map<CommonTable, Source> firstUses = new IdentityHashMap<>();

    /** A recursive table while its recursive terms are resolved. */
    static final class RecursiveReference {
        private final Source template;
        private final List<Source> uses = new ArrayList<>();

        RecursiveReference(Source template) {
            this.template = template;
        }

        /** Has the query and the names of the table's columns. */
        Source template() {
            return template;
        }

        /** The sources that stand for the table's own rows. */
        List<Source> uses() {
            return uses;
        }
    }

    CommonTableScope(CommonTableScope around, List<CommonTable> tables) {
        this.around = around;
        this.tables = List.copyOf(tables);
        for (int i = 0; i < tables.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (AsciiCase.same(
                        tables.get(i).name().text(), tables.get(j).name().text())) {
                    throw SqlError.of(
                            "duplicate WITH table name: " + tables.get(i).name().text());
                }
            }
        }
    }

    /** The first source made for a table, or null. */
    Source firstUse(CommonTable table) {
        return firstUses.get(table);
    }

    void firstUse(CommonTable table, Source source) {
        firstUses.put(table, source);
    }

    CommonTableScope around() {
        return around;
    }

    /** The table of that name in this WITH, or null. */
    CommonTable find(String name) {
        for (CommonTable table : tables) {
            if (AsciiCase.same(table.name().text(), name)) {
                return table;
            }
        }
        return null;
    }

    /** Tables whose queries are being resolved now: a reference to one of them is circular. */
    List<CommonTable> open() {
        return open;
    }

    Map<CommonTable, RecursiveReference> recursive() {
        return recursive;
    }
}
