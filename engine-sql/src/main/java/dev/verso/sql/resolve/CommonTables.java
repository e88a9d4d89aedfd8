package dev.verso.sql.resolve;

import dev.verso.parser.ast.Name;
import dev.verso.parser.ast.Select;
import dev.verso.parser.ast.Select.CommonTable;
import dev.verso.parser.ast.Select.CompoundOp;
import dev.verso.parser.ast.Select.FromItem;
import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.BoundColumn;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.Source;
import dev.verso.sql.extend.Authorizer.Action;
import java.util.ArrayList;
import java.util.List;

/** Common table expressions as sources; each use has a resolved query of its own. */
final class CommonTables {
    private final Names names;

    CommonTables(Names names) {
        this.names = names;
    }

    /** The source for a common table of that name that is in sight, or null. */
    Source find(String tableName, String alias, Scope outer) {
        for (CommonTableScope with = outer.commonTables(); with != null; with = with.around()) {
            CommonTable table = with.find(tableName);
            if (table != null) {
                return use(table, with, alias, outer);
            }
        }
        return null;
    }

    private Source use(CommonTable table, CommonTableScope with, String alias, Scope outer) {
        CommonTableScope.RecursiveReference recursive = with.recursive().get(table);
        if (recursive != null) {
            Source template = recursive.template();
            Source self = new Source(null, template.select(), alias);
            self.columnNames(columnNames(template));
            self.makeRecursion();
            recursive.uses().add(self);
            return self;
        }
        if (with.open().contains(table)) {
            throw SqlError.of("circular reference: " + table.name().text());
        }
        Source first = with.firstUse(table);
        if (first != null && !Boolean.FALSE.equals(table.materialized())) {
            String name = table.name().text();
            first.shared(name);
            Source source = new Source(null, first.select(), alias);
            source.columnNames(columnNames(first));
            source.shared(name);
            return source;
        }
        with.open().add(table);
        names.enterCommonTable();
        try {
            Scope scope = Scope.of(List.of(), outer).commonTables(with);
            BoundSelect select = isRecursive(table)
                    ? recursive(table, with, scope)
                    : names.queries().select(table.select(), scope);
            Source source = new Source(null, select, alias);
            source.columnNames(declaredNames(table, select));
            source.materialized(Boolean.TRUE.equals(table.materialized()));
            if (!select.isCorrelated()) {
                with.firstUse(table, source);
            }
            return source;
        } finally {
            names.leaveCommonTable();
            with.open().remove(table);
        }
    }

    private static List<String> columnNames(Source source) {
        List<String> result = new ArrayList<>();
        for (int i = 0; i < source.columnCount(); i++) {
            result.add(source.columnName(i));
        }
        return result;
    }

    private static List<String> declaredNames(CommonTable table, BoundSelect select) {
        if (table.columns().isEmpty()) {
            return ColumnNames.unique(select);
        }
        if (table.columns().size() != select.columns().size()) {
            throw SqlError.of("table " + table.name().text() + " has "
                    + select.columns().size() + " values for " + table.columns().size() + " columns");
        }
        List<String> declared = new ArrayList<>();
        for (Name column : table.columns()) {
            declared.add(column.text());
        }
        return ColumnNames.unique(declared);
    }

    /** True if the last query of a UNION or UNION ALL reads the table itself. */
    private static boolean isRecursive(CommonTable table) {
        return table.select().body() instanceof Select.Compound compound && isRecursiveTerm(table, compound);
    }

    private static boolean isRecursiveTerm(CommonTable table, Select.Compound compound) {
        if (compound.op() != CompoundOp.UNION && compound.op() != CompoundOp.UNION_ALL) {
            return false;
        }
        if (!(compound.right() instanceof Select.Core core)) {
            return false;
        }
        int references = references(table, core.from());
        if (references > 1) {
            throw SqlError.of(
                    "multiple references to recursive table: " + table.name().text());
        }
        return references == 1;
    }

    private static int references(CommonTable table, List<FromItem> items) {
        int count = 0;
        for (FromItem item : items) {
            if (item.source() instanceof Select.TableSource source
                    && source.schema() == null
                    && AsciiCase.same(source.table().text(), table.name().text())) {
                count++;
            }
        }
        return count;
    }

    private BoundSelect recursive(CommonTable table, CommonTableScope with, Scope outer) {
        names.catalog().authorization().allows(Action.RECURSIVE, null, null, null);
        Select whole = table.select();
        Scope scope = names.from().with(whole.with(), outer);
        List<Select.Core> terms = new ArrayList<>();
        Select.Body setupBody = whole.body();
        CompoundOp op = ((Select.Compound) setupBody).op();
        boolean distinct = op == CompoundOp.UNION;
        while (setupBody instanceof Select.Compound compound
                && compound.op() == op
                && isRecursiveTerm(table, compound)) {
            terms.add(0, (Select.Core) compound.right());
            setupBody = compound.left();
        }
        BoundSelect setup = names.queries().body(setupBody, null, scope);
        if (setup.isCompound()) {
            SelectResolver.checkWidths(setup);
        }
        Source template = new Source(null, setup, table.name().text());
        template.columnNames(declaredNames(table, setup));
        CommonTableScope.RecursiveReference reference = new CommonTableScope.RecursiveReference(template);
        List<BoundSelect> boundTerms = new ArrayList<>();
        List<Source> selves = new ArrayList<>();
        with.recursive().put(table, reference);
        try {
            for (Select.Core term : terms) {
                int before = reference.uses().size();
                BoundSelect bound = names.queries().body(term, null, scope);
                if (reference.uses().size() != before + 1) {
                    throw SqlError.of(
                            "multiple recursive references: " + table.name().text());
                }
                if (!bound.sources().contains(reference.uses().get(before))) {
                    throw SqlError.of(
                            "recursive reference in a subquery: " + table.name().text());
                }
                if (!bound.windowCalls().isEmpty()) {
                    throw SqlError.of("cannot use window functions in recursive queries");
                }
                if (bound.isAggregate()) {
                    throw SqlError.of("recursive aggregate queries not supported");
                }
                if (bound.columns().size() != setup.columns().size()) {
                    throw SqlError.of("SELECTs to the left and right of "
                            + (distinct ? "UNION" : "UNION ALL")
                            + " do not have the same number of result columns");
                }
                boundTerms.add(bound);
                selves.add(reference.uses().get(before));
            }
        } finally {
            with.recursive().remove(table);
        }
        BoundSelect bound = new BoundSelect();
        names.register(bound, whole.body());
        int position = 0;
        for (BoundColumn column : setup.columns()) {
            bound.columns().add(new BoundColumn(column.expr(), template.columnName(position++), true));
        }
        bound.recursion(new BoundSelect.Recursion(setup, boundTerms, selves, distinct));
        bound.outerSources().addAll(setup.outerSources());
        for (BoundSelect term : boundTerms) {
            bound.outerSources().addAll(term.outerSources());
        }
        names.queries().orderOfRecursion(bound, setup, whole, scope);
        return bound;
    }
}
