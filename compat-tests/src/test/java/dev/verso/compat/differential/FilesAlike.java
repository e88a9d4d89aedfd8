package dev.verso.compat.differential;

import dev.verso.compat.Engines;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Compares the files that the two engines wrote, each read by the other. */
final class FilesAlike {
    private FilesAlike() {}

    /** What is wrong with our file or differs between the two; null if nothing. */
    static String problem(Path ours, Path theirs) throws SQLException {
        String integrity = Engines.integrity(ours);
        if (!integrity.equals("ok")) {
            return "the file is damaged: " + integrity;
        }
        try (Connection there = Engines.sqlite(ours.toString());
                Connection here = Engines.verso(theirs.toString())) {
            String schema = "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%'";
            Answer expected = Answer.of(here, schema);
            Answer actual = Answer.of(there, schema);
            if (!expected.equals(actual)) {
                return "the schemas differ:\n    theirs " + without(expected.rows(), actual.rows()) + "\n    ours "
                        + without(actual.rows(), expected.rows());
            }
            Answer check = Answer.of(here, "PRAGMA integrity_check");
            if (!check.rows().equals(List.of("'ok'"))) {
                return "here the real one's file is found damaged: " + check;
            }
            List<String> tables = names(there);
            for (String table : tables) {
                Answer theirRows = rows(here, table);
                Answer ourRows = rows(there, table);
                if (Verdict.of("SELECT", theirRows, ourRows) != Verdict.SAME) {
                    return "the rows of " + table + " differ:\n    theirs " + without(theirRows.rows(), ourRows.rows())
                            + theirRows.error() + "\n    ours " + without(ourRows.rows(), theirRows.rows())
                            + ourRows.error();
                }
            }
        }
        return null;
    }

    private static List<String> names(Connection connection) {
        return Answer.of(
                        connection,
                        "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 AND name NOT LIKE 'sqlite_stat%'")
                .rows();
    }

    private static Answer rows(Connection connection, String table) {
        Answer withRowid = Answer.of(connection, "SELECT rowid, * FROM " + table);
        return withRowid.isError() ? Answer.of(connection, "SELECT * FROM " + table) : withRowid;
    }

    private static List<String> without(List<String> rows, List<String> others) {
        List<String> left = new ArrayList<>(rows);
        others.forEach(left::remove);
        return left.size() > 10 ? left.subList(0, 10) : left;
    }
}
