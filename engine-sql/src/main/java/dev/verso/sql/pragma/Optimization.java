package dev.verso.sql.pragma;

import dev.verso.btree.BTree;
import dev.verso.btree.TreeCursor;
import dev.verso.record.AsciiCase;
import dev.verso.sql.code.KeyOrders;
import dev.verso.sql.schema.Index;
import dev.verso.sql.schema.LogEst;
import dev.verso.sql.schema.Schema;
import dev.verso.sql.schema.Schemas;
import dev.verso.sql.schema.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * PRAGMA optimize: analyzes tables with an index that was never analyzed and those that have become ten times larger or smaller since; of the latter,
 * unless told to look at all tables, only those for which a query of this connection would have used statistics.
 */
final class Optimization {
    private static final int SHOW_ONLY = 1;
    private static final int ANALYZE = 2;
    private static final int WITH_LIMIT = 0x10;
    private static final int ALL_TABLES = 0x10000;
    private static final int DEFAULT_MASK = 0xfffe;
    private static final int DEFAULT_LIMIT = 2000;
    private static final int LEAST_LIMIT = 100;
    /** Trees from which on the limit is lowered. */
    private static final int MANY_TREES = 100;
    /** Ten times, as {@link LogEst}. */
    private static final int CHANGE = 33;

    private final PragmaCall call;
    private final int mask;
    private final List<Object[]> statements = new ArrayList<>();
    private int trees;

    private Optimization(PragmaCall call) {
        this.call = call;
        mask = call.hasValue() ? call.smallNumber() : DEFAULT_MASK;
    }

    /** Runs what is to be done, or shows it. */
    static List<Object[]> run(PragmaCall call) {
        return new Optimization(call).run();
    }

    private List<Object[]> run() {
        if ((mask & ANALYZE) == 0) {
            return List.of();
        }
        for (Schema schema : call.schemas().all()) {
            boolean wanted = call.schemaName() == null || schema.database() == call.database();
            if (wanted && schema.database() != Schemas.TEMP) {
                addStatements(schema);
            }
        }
        if ((mask & SHOW_ONLY) != 0) {
            return statements;
        }
        int before = call.host().settings().analysisLimit(-1);
        try {
            call.host().settings().analysisLimit(limit(before));
            for (Object[] statement : statements) {
                call.host().query((String) statement[0]);
            }
        } finally {
            call.host().settings().analysisLimit(before);
        }
        return List.of();
    }

    private int limit(int before) {
        if ((mask & WITH_LIMIT) == 0 || before > 0 && before < DEFAULT_LIMIT) {
            return before;
        }
        return trees > MANY_TREES ? Math.max(LEAST_LIMIT, MANY_TREES * DEFAULT_LIMIT / trees) : DEFAULT_LIMIT;
    }

    private void addStatements(Schema schema) {
        for (Table table : schema.tables()) {
            boolean isOrdinary = table.kind() == Table.Kind.TABLE
                    && !AsciiCase.lower(table.name()).startsWith("sqlite_");
            if (!isOrdinary) {
                continue;
            }
            boolean unanalyzed = table.indexes().stream().anyMatch(index -> !index.hasStatistics());
            if (!unanalyzed && !table.usesStatistics() && (mask & ALL_TABLES) == 0) {
                continue;
            }
            trees += 1 + table.indexes().size();
            if (wantsAnalysis(table, unanalyzed)) {
                statements.add(new Object[] {"ANALYZE " + quoted(schema.name()) + "." + quoted(table.name())});
            }
        }
    }

    private boolean wantsAnalysis(Table table, boolean unanalyzed) {
        BTree tree = call.session().database(table.schema().database());
        boolean wasReading = tree.pager().isReading();
        tree.beginRead();
        long rows;
        try (TreeCursor cursor = open(tree, table)) {
            rows = cursor.estimatedCount();
        } finally {
            if (!wasReading) {
                tree.endRead();
            }
        }
        if (rows == 0) {
            // It has always been empty if it has no statistics, or next to it: there is nothing to be known.
            return !unanalyzed && LogEst.of(table.estimatedRows()) >= CHANGE;
        }
        int size = LogEst.of(rows);
        int known = LogEst.of(table.estimatedRows());
        return unanalyzed || size > known + CHANGE || known >= CHANGE && size < known - CHANGE;
    }

    private TreeCursor open(BTree tree, Table table) {
        if (!table.isWithoutRowid()) {
            return tree.openTable(table.rootPage(), false);
        }
        Index key = table.primaryKey();
        return tree.openIndex(table.rootPage(), KeyOrders.of(call.session(), key), false);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
