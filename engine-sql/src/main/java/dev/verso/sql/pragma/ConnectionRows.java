package dev.verso.sql.pragma;

import dev.verso.record.AsciiCase;
import dev.verso.sql.schema.Schema;
import dev.verso.vm.function.FunctionDefinition;
import dev.verso.vm.function.FunctionDefinition.Flag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows of the pragmas that list what a connection has. */
final class ConnectionRows {
    private static final int DETERMINISTIC = 0x800;
    private static final int DIRECT_ONLY = 0x80000;
    private static final int INNOCUOUS = 0x200000;
    private static final int SUBTYPE = 0x100000;

    private ConnectionRows() {}

    static List<Object[]> databases(PragmaCall call) {
        List<Object[]> rows = new ArrayList<>();
        for (Schema schema : call.schemas().all()) {
            var tree = call.session().openDatabase(schema.database());
            if (tree != null) {
                rows.add(new Object[] {
                    schema.database(), schema.name(), tree.pager().store().name()
                });
            }
        }
        return rows;
    }

    static List<Object[]> collations(PragmaCall call) {
        List<Object[]> rows = new ArrayList<>();
        List<String> names = new ArrayList<>(List.of("RTRIM", "NOCASE", "BINARY"));
        for (String own : call.session().ownCollations()) {
            names.removeIf(name -> AsciiCase.same(name, own));
            names.add(0, own);
        }
        for (String name : names) {
            rows.add(new Object[] {rows.size(), name});
        }
        return rows;
    }

    static List<Object[]> functions(PragmaCall call) {
        List<Object[]> rows = new ArrayList<>();
        for (FunctionDefinition function : call.session().functions().all()) {
            int flags = (function.is(Flag.DETERMINISTIC) ? DETERMINISTIC : 0)
                    | (function.is(Flag.DIRECT_ONLY) ? DIRECT_ONLY : 0)
                    | (function.is(Flag.INNOCUOUS) ? INNOCUOUS : 0)
                    | (function.is(Flag.SUBTYPE) ? SUBTYPE : 0);
            boolean overWindow =
                    function.is(Flag.INVERTIBLE) || function.is(Flag.WINDOW_ONLY) || function.is(Flag.MIN_MAX);
            String type = !function.isAggregate() ? "s" : overWindow ? "w" : "a";
            int builtIn = function.is(Flag.EXTENSION) ? 0 : 1;
            rows.add(new Object[] {function.name(), builtIn, type, "utf8", function.argumentCount(), flags});
        }
        return rows;
    }

    static List<Object[]> modules(PragmaCall call) {
        List<Object[]> rows = new ArrayList<>();
        for (String name : call.host().moduleNames()) {
            rows.add(new Object[] {name});
        }
        return rows;
    }

    static List<Object[]> pragmas() {
        List<Object[]> rows = new ArrayList<>();
        for (PragmaDefinition definition : PragmaDefinition.all()) {
            rows.add(new Object[] {definition.name().toLowerCase(Locale.ROOT)});
        }
        return rows;
    }

    /** What SQLite calls compile-time options, as far as they hold here. */
    static List<Object[]> compileOptions() {
        List<Object[]> rows = new ArrayList<>();
        for (String option : List.of(
                "COMPILER=java",
                "DEFAULT_AUTOVACUUM",
                "DEFAULT_CACHE_SIZE=-2000",
                "DEFAULT_FILE_FORMAT=4",
                "DEFAULT_PAGE_SIZE=4096",
                "DEFAULT_SYNCHRONOUS=2",
                "ENABLE_COLUMN_METADATA",
                "MAX_ATTACHED=10",
                "MAX_COLUMN=2000",
                "MAX_PAGE_SIZE=65536",
                "MAX_VARIABLE_NUMBER=250000",
                "TEMP_STORE=1",
                "THREADSAFE=1")) {
            rows.add(new Object[] {option});
        }
        return rows;
    }
}
