package dev.verso.sql.plan;

import dev.verso.sql.bound.Source;

/** Lines of EXPLAIN QUERY PLAN about one loop, in SQLite's words. */
final class PlanText {
    private PlanText() {}

    /** How SQLite names a source in a plan: by alias or name; a query without one by its number. */
    static String name(Source source) {
        if (source.name() != null) {
            return source.name();
        }
        if (source.isQuery() && !source.select().valuesRows().isEmpty()) {
            return source.select().valuesRows().size() + "-ROW VALUES CLAUSE";
        }
        if (source.isQuery()) {
            return (source.nestedOrigins() != null ? "(join-" : "(subquery-")
                    + source.select().id() + ")";
        }
        return source.table().name();
    }

    static String loop(LoopLevel level, WhereRequest.Purpose purpose) {
        LoopCandidate plan = level.plan;
        Source source = level.source;
        boolean search = plan.is(LoopCandidate.TOP_LIMIT | LoopCandidate.BOTTOM_LIMIT)
                || plan.equalColumns > 0
                || purpose == WhereRequest.Purpose.MIN_MAX;
        StringBuilder text = new StringBuilder(search ? "SEARCH " : "SCAN ").append(name(source));
        if (source.isExists()) {
            text.append(" EXISTS");
        }
        if (plan.is(LoopCandidate.VIRTUAL)) {
            text.append(" VIRTUAL TABLE INDEX ");
            if (plan.virtual.hex()) {
                text.append("0x").append(Integer.toHexString(plan.virtual.number()));
            } else {
                text.append(plan.virtual.number());
            }
            text.append(':').append(plan.virtual.text() == null ? "" : plan.virtual.text());
        } else if (plan.is(LoopCandidate.ROWID)) {
            if (plan.is(LoopCandidate.CONSTRAINT)) {
                text.append(" USING INTEGER PRIMARY KEY (")
                        .append(rowidRange(plan))
                        .append(')');
            }
        } else if (!plan.is(LoopCandidate.MULTI_OR)) {
            String tree = tree(level, search);
            if (tree != null) {
                text.append(" USING ").append(tree);
                appendRange(text, plan);
            }
        }
        if (level.isOuterJoin()) {
            text.append(" LEFT-JOIN");
        }
        return text.toString();
    }

    private static String rowidRange(LoopCandidate plan) {
        if (plan.is(LoopCandidate.COLUMN_EQUAL | LoopCandidate.COLUMN_IN)) {
            return "rowid=?";
        }
        if (plan.is(LoopCandidate.BOTTOM_LIMIT) && plan.is(LoopCandidate.TOP_LIMIT)) {
            return "rowid>? AND rowid<?";
        }
        return plan.is(LoopCandidate.BOTTOM_LIMIT) ? "rowid>?" : "rowid<?";
    }

    private static String tree(LoopLevel level, boolean search) {
        LoopCandidate plan = level.plan;
        if (plan.is(LoopCandidate.AUTO_INDEX)) {
            return level.partialIndex ? "AUTOMATIC PARTIAL COVERING INDEX" : "AUTOMATIC COVERING INDEX";
        }
        if (plan.shape.index.isPrimaryKeyOfWithoutRowid()) {
            return search ? "PRIMARY KEY" : null;
        }
        boolean covering = plan.is(LoopCandidate.INDEX_ONLY | LoopCandidate.INDEXED_EXPRESSIONS) && !level.changesRow;
        return (covering ? "COVERING INDEX " : "INDEX ") + plan.shape.index.name();
    }

    private static void appendRange(StringBuilder text, LoopCandidate plan) {
        int equal = plan.equalColumns;
        if (equal == 0 && !plan.is(LoopCandidate.TOP_LIMIT | LoopCandidate.BOTTOM_LIMIT)) {
            return;
        }
        text.append(" (");
        for (int i = 0; i < equal; i++) {
            if (i > 0) {
                text.append(" AND ");
            }
            if (i >= plan.skippedColumns) {
                text.append(column(plan.shape, i)).append("=?");
            } else {
                text.append("ANY(").append(column(plan.shape, i)).append(')');
            }
        }
        boolean more = equal > 0;
        if (plan.is(LoopCandidate.BOTTOM_LIMIT)) {
            appendBound(text, plan.shape, plan.bottomColumns, equal, more, '>');
            more = true;
        }
        if (plan.is(LoopCandidate.TOP_LIMIT)) {
            appendBound(text, plan.shape, plan.topColumns, equal, more, '<');
        }
        text.append(')');
    }

    private static void appendBound(
            StringBuilder text, IndexShape shape, int columns, int first, boolean more, char operator) {
        if (more) {
            text.append(" AND ");
        }
        if (columns > 1) {
            text.append('(');
        }
        for (int i = 0; i < columns; i++) {
            text.append(i > 0 ? "," : "").append(column(shape, first + i));
        }
        text.append(columns > 1 ? ")" : "").append(operator).append(columns > 1 ? "(" : "");
        for (int i = 0; i < columns; i++) {
            text.append(i > 0 ? ",?" : "?");
        }
        if (columns > 1) {
            text.append(')');
        }
    }

    private static String column(IndexShape shape, int key) {
        int column = shape.columns[key];
        if (column == Source.ROWID) {
            int rowid = shape.source.table() == null ? -1 : shape.source.table().rowidColumn();
            return key < shape.keyColumns && rowid >= 0 ? shape.source.columnName(rowid) : "rowid";
        }
        return column < 0 ? "<expr>" : shape.source.columnName(column);
    }

    static String bloomFilter(LoopLevel level) {
        LoopCandidate plan = level.plan;
        StringBuilder text =
                new StringBuilder("BLOOM FILTER ON ").append(name(level.source)).append(" (");
        for (int i = plan.skippedColumns; i < plan.equalColumns; i++) {
            text.append(i > plan.skippedColumns ? " AND " : "")
                    .append(column(plan.shape, i))
                    .append("=?");
        }
        return text.append(')').toString();
    }
}
