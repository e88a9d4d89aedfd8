package dev.verso.sql.pragma;

import dev.verso.sql.schema.Schema;
import dev.verso.sql.schema.Schemas;
import dev.verso.sql.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * PRAGMA optimize: analyzes tables with an index that was never analyzed, and, if asked to look at all tables, those that have become ten times larger or
 * smaller since.
 */
final class Optimization {
    private static final int SHOW_ONLY = 1;
    private static final int ANALYZE = 2;
    private static final int ALL_TABLES = 0x10000;
    private static final int DEFAULT_MASK = 0xfffe;
    /** Ten times, as 2 to the power of 3.3. */
    private static final double CHANGE = 9.849155306759329;

    private Optimization() {}

    /** Runs what is to be done, or shows it. */
    static List<Object[]> run(PragmaCall call) {
        List<Object[]> statements = new ArrayList<>();
        int mask = call.hasValue() ? call.smallNumber() : DEFAULT_MASK;
        if ((mask & ANALYZE) == 0) {
            return statements;
        }
        for (Schema schema : call.schemas().all()) {
            boolean wanted = call.schemaName() == null || schema.database() == call.database();
            if (wanted && schema.database() != Schemas.TEMP) {
                addStatements(call, schema, (mask & ALL_TABLES) != 0, statements);
            }
        }
        if ((mask & SHOW_ONLY) != 0) {
            return statements;
        }
        for (Object[] statement : statements) {
            call.host().query((String) statement[0]);
        }
        return List.of();
    }

    private static void addStatements(PragmaCall call, Schema schema, boolean allTables, List<Object[]> statements) {
        for (Table table : schema.tables()) {
            boolean isOrdinary = table.kind() == Table.Kind.TABLE
                    && !table.name().toLowerCase(Locale.ROOT).startsWith("sqlite_");
            String name = quoted(schema.name()) + "." + quoted(table.name());
            if (isOrdinary && wantsAnalysis(call, table, name, allTables)) {
                statements.add(new Object[] {"ANALYZE " + name});
            }
        }
    }

    private static boolean wantsAnalysis(PragmaCall call, Table table, String name, boolean allTables) {
        boolean unanalyzed = table.indexes().stream().anyMatch(index -> !index.hasStatistics());
        if (unanalyzed) {
            return !call.host().query("SELECT 1 FROM " + name + " LIMIT 1").isEmpty();
        }
        if (!allTables) {
            return false;
        }
        long rows = (Long) call.host().query("SELECT count(*) FROM " + name).get(0)[0];
        double before = table.estimatedRows();
        boolean isSmall = before < CHANGE;
        return rows > before * CHANGE || !isSmall && rows < before / CHANGE;
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
