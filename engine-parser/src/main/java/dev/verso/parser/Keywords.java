package dev.verso.parser;

import java.util.ArrayList;
import java.util.List;

/** SQLite's keywords, found without regard to case and without making a string. */
final class Keywords {
    /** In the order of their kinds, from {@link TokenKind#ADD} on; empty where a kind is no keyword. */
    private static final String[] WORDS = {
        "ADD",
        "ALL",
        "ALTER",
        "AND",
        "AS",
        "AUTOINCREMENT",
        "BETWEEN",
        "CASE",
        "CHECK",
        "COLLATE",
        "COMMIT",
        "CONSTRAINT",
        "CREATE",
        "DEFAULT",
        "DEFERRABLE",
        "DELETE",
        "DISTINCT",
        "DROP",
        "ELSE",
        "ESCAPE",
        "EXCEPT",
        "EXISTS",
        "FILTER",
        "FOREIGN",
        "FROM",
        "GROUP",
        "HAVING",
        "IN",
        "INDEX",
        "INSERT",
        "INTERSECT",
        "INTO",
        "IS",
        "ISNULL",
        "JOIN",
        "LIMIT",
        "NOT",
        "NOTHING",
        "NOTNULL",
        "NULL",
        "ON",
        "OR",
        "ORDER",
        "OVER",
        "PRIMARY",
        "REFERENCES",
        "RETURNING",
        "SELECT",
        "SET",
        "TABLE",
        "THEN",
        "TO",
        "TRANSACTION",
        "UNION",
        "UNIQUE",
        "UPDATE",
        "USING",
        "VALUES",
        "WHEN",
        "WHERE",
        "WINDOW",
        "",
        "",
        "INDEXED",
        "CROSS",
        "FULL",
        "INNER",
        "LEFT",
        "NATURAL",
        "OUTER",
        "RIGHT",
        "ABORT",
        "ACTION",
        "AFTER",
        "ALWAYS",
        "ANALYZE",
        "ASC",
        "ATTACH",
        "BEFORE",
        "BEGIN",
        "BY",
        "CASCADE",
        "CAST",
        "COLUMN",
        "CONFLICT",
        "CURRENT",
        "CURRENT_DATE",
        "CURRENT_TIME",
        "CURRENT_TIMESTAMP",
        "DATABASE",
        "DEFERRED",
        "DESC",
        "DETACH",
        "DO",
        "EACH",
        "END",
        "EXCLUDE",
        "EXCLUSIVE",
        "EXPLAIN",
        "FAIL",
        "FIRST",
        "FOLLOWING",
        "FOR",
        "GENERATED",
        "GLOB",
        "GROUPS",
        "IF",
        "IGNORE",
        "IMMEDIATE",
        "INITIALLY",
        "INSTEAD",
        "KEY",
        "LAST",
        "LIKE",
        "MATCH",
        "MATERIALIZED",
        "NO",
        "NULLS",
        "OF",
        "OFFSET",
        "OTHERS",
        "PARTITION",
        "PLAN",
        "PRAGMA",
        "PRECEDING",
        "QUERY",
        "RAISE",
        "RANGE",
        "RECURSIVE",
        "REGEXP",
        "REINDEX",
        "RELEASE",
        "RENAME",
        "REPLACE",
        "RESTRICT",
        "ROLLBACK",
        "ROW",
        "ROWS",
        "SAVEPOINT",
        "TEMP",
        "TEMPORARY",
        "TIES",
        "TRIGGER",
        "UNBOUNDED",
        "VACUUM",
        "VIEW",
        "VIRTUAL",
        "WITH",
        "WITHOUT"
    };

    static final int LONGEST = 17;

    private static final int SLOTS = 512;

    /** Open addressing; 0 is an empty slot, as no keyword has kind 0. */
    private static final short[] KIND_BY_SLOT = new short[SLOTS];

    static {
        for (int i = 0; i < WORDS.length; i++) {
            String word = WORDS[i];
            if (word.isEmpty()) {
                continue;
            }
            int hash = 0;
            for (int j = 0; j < word.length(); j++) {
                hash = extendHash(hash, word.charAt(j));
            }
            int slot = slot(hash);
            while (KIND_BY_SLOT[slot] != 0) {
                slot = (slot + 1) & (SLOTS - 1);
            }
            KIND_BY_SLOT[slot] = (short) (TokenKind.ADD + i);
        }
    }

    private Keywords() {}

    /** Hash of a word with one more letter; upper and lower case count alike. */
    static int extendHash(int hash, char letter) {
        return hash * 31 + (letter & 0xDF);
    }

    private static int slot(int hash) {
        return (hash ^ (hash >>> 9) ^ (hash >>> 18)) & (SLOTS - 1);
    }

    /** The kind of keyword in that part of the text, or IDENTIFIER if it is none. */
    static int find(String sql, int start, int end, int hash) {
        int slot = slot(hash);
        for (int kind = KIND_BY_SLOT[slot]; kind != 0; kind = KIND_BY_SLOT[slot]) {
            String word = WORDS[kind - TokenKind.ADD];
            if (word.length() == end - start && sql.regionMatches(true, start, word, 0, end - start)) {
                return kind;
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        return TokenKind.IDENTIFIER;
    }

    /** True for every word that SQLite calls a keyword, those that may be identifiers too. */
    static boolean isKeyword(String word) {
        int hash = 0;
        for (int i = 0; i < word.length(); i++) {
            hash = extendHash(hash, word.charAt(i));
        }
        return find(word, 0, word.length(), hash) != TokenKind.IDENTIFIER;
    }

    static List<String> all() {
        List<String> words = new ArrayList<>(WORDS.length);
        for (String word : WORDS) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }

    /** The keyword of that kind, in capitals, or null if the kind is no keyword. */
    static String word(int kind) {
        if (kind < TokenKind.ADD || WORDS[kind - TokenKind.ADD].isEmpty()) {
            return null;
        }
        return WORDS[kind - TokenKind.ADD];
    }
}
