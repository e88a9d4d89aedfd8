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
            String schema = "SELECT rowid, type, name, tbl_name, rootpage, sql FROM sqlite_schema";
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

    /**
     * Where the two files hold the same on other pages, as the real one sees them; null if nowhere. Neither promises which page a cell is
     * on: it depends on the order in which loops were carried out.
     */
    static String otherPages(Path ours, Path theirs) throws SQLException {
        String pages = "SELECT pageno, name, path, pagetype, ncell, payload, unused, mx_payload FROM dbstat ORDER BY 1";
        try (Connection ourFile = Engines.sqlite(ours.toString());
                Connection theirFile = Engines.sqlite(theirs.toString())) {
            for (String question : List.of(pages, "PRAGMA page_count", "PRAGMA freelist_count")) {
                List<String> expected = Answer.of(theirFile, question).rows();
                List<String> actual = Answer.of(ourFile, question).rows();
                if (!expected.equals(actual)) {
                    return question + ":\n    theirs " + without(expected, actual) + "\n    ours "
                            + without(actual, expected);
                }
            }
        }
        return null;
    }

    private static List<String> names(Connection connection) {
        return Answer.of(connection, "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0")
                .rows();
    }

    private static Answer rows(Connection connection, String table) {
        if (table.startsWith("'sqlite_stat")) {
            // In which order ANALYZE comes to the tables is not defined.
            return Answer.of(connection, "SELECT * FROM " + table);
        }
        Answer withRowid = Answer.of(connection, "SELECT rowid, * FROM " + table);
        return withRowid.isError() ? Answer.of(connection, "SELECT * FROM " + table) : withRowid;
    }

    private static List<String> without(List<String> rows, List<String> others) {
        List<String> left = new ArrayList<>(rows);
        others.forEach(left::remove);
        return left.size() > 10 ? left.subList(0, 10) : left;
    }
}
