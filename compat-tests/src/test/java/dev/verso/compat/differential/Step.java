package dev.verso.compat.differential;

import java.util.List;

/**
 * One thing done to both databases.
 *
 * @param sql the statement; {@code @NAME@} in it stands for a file beside the database, another one for each engine
 * @param parameters what is bound, one list for each execution of the prepared statement; empty if it is executed without being prepared
 * @param kept number of the place where the prepared statement is kept afterwards, or executed again if {@code sql} is null; -1 for neither
 * @param isOfScene whether it comes from {@link Scenes}
 */
record Step(String sql, List<List<Object>> parameters, int kept, boolean isOfScene) {
    /** Both connections are closed and opened again. */
    static final Step REOPEN = new Step("-- reopen", List.of(), -1, false);

    /** The files are compared, each read by the other engine. */
    static final Step COMPARE_FILES = new Step("-- compare the files", List.of(), -1, false);

    static Step of(String sql) {
        return new Step(sql, List.of(), -1, false);
    }

    boolean isPrepared() {
        return !parameters.isEmpty();
    }

    /** As text that a reader can follow. */
    String shown() {
        if (!isPrepared()) {
            return sql;
        }
        StringBuilder text = new StringBuilder(sql == null ? "-- again " + kept : sql).append(" --");
        for (List<Object> values : parameters) {
            text.append(" (");
            for (int i = 0; i < values.size(); i++) {
                text.append(i == 0 ? "" : ", ").append(Answer.show(values.get(i)));
            }
            text.append(')');
        }
        return text.append(kept >= 0 ? " kept as " + kept : "").toString();
    }
}
