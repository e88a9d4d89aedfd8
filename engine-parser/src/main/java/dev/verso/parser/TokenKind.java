package dev.verso.parser;

/**
 * Kinds of token. Their order carries meaning: all kinds from {@link #STRING} on may be a name, all from {@link #ABORT} on are keywords that
 * fall back to an identifier.
 */
final class TokenKind {
    static final int END_OF_INPUT = 0;
    static final int ILLEGAL = 1;
    static final int SEMICOLON = 2;
    static final int LEFT_PAREN = 3;
    static final int RIGHT_PAREN = 4;
    static final int COMMA = 5;
    static final int DOT = 6;
    static final int PLUS = 7;
    static final int MINUS = 8;
    static final int STAR = 9;
    static final int SLASH = 10;
    static final int PERCENT = 11;
    static final int EQUAL = 12;
    static final int NOT_EQUAL = 13;
    static final int LESS = 14;
    static final int LESS_EQUAL = 15;
    static final int GREATER = 16;
    static final int GREATER_EQUAL = 17;
    static final int SHIFT_LEFT = 18;
    static final int SHIFT_RIGHT = 19;
    static final int BIT_AND = 20;
    static final int BIT_OR = 21;
    static final int TILDE = 22;
    static final int CONCAT = 23;
    static final int ARROW = 24;
    static final int DOUBLE_ARROW = 25;
    static final int INTEGER = 26;
    static final int FLOAT = 27;
    static final int SEPARATED_NUMBER = 28;
    static final int BLOB = 29;
    static final int VARIABLE = 30;

    // Keywords that are never names.
    static final int ADD = 31;
    static final int ALL = 32;
    static final int ALTER = 33;
    static final int AND = 34;
    static final int AS = 35;
    static final int AUTOINCREMENT = 36;
    static final int BETWEEN = 37;
    static final int CASE = 38;
    static final int CHECK = 39;
    static final int COLLATE = 40;
    static final int COMMIT = 41;
    static final int CONSTRAINT = 42;
    static final int CREATE = 43;
    static final int DEFAULT = 44;
    static final int DEFERRABLE = 45;
    static final int DELETE = 46;
    static final int DISTINCT = 47;
    static final int DROP = 48;
    static final int ELSE = 49;
    static final int ESCAPE = 50;
    static final int EXCEPT = 51;
    static final int EXISTS = 52;
    static final int FILTER = 53;
    static final int FOREIGN = 54;
    static final int FROM = 55;
    static final int GROUP = 56;
    static final int HAVING = 57;
    static final int IN = 58;
    static final int INDEX = 59;
    static final int INSERT = 60;
    static final int INTERSECT = 61;
    static final int INTO = 62;
    static final int IS = 63;
    static final int ISNULL = 64;
    static final int JOIN = 65;
    static final int LIMIT = 66;
    static final int NOT = 67;
    static final int NOTHING = 68;
    static final int NOTNULL = 69;
    static final int NULL = 70;
    static final int ON = 71;
    static final int OR = 72;
    static final int ORDER = 73;
    static final int OVER = 74;
    static final int PRIMARY = 75;
    static final int REFERENCES = 76;
    static final int RETURNING = 77;
    static final int SELECT = 78;
    static final int SET = 79;
    static final int TABLE = 80;
    static final int THEN = 81;
    static final int TO = 82;
    static final int TRANSACTION = 83;
    static final int UNION = 84;
    static final int UNIQUE = 85;
    static final int UPDATE = 86;
    static final int USING = 87;
    static final int VALUES = 88;
    static final int WHEN = 89;
    static final int WHERE = 90;
    static final int WINDOW = 91;

    // From here on every kind may be a name.
    static final int STRING = 92;
    static final int IDENTIFIER = 93;
    static final int INDEXED = 94;

    // Names in most places, but no alias without AS.
    static final int CROSS = 95;
    static final int FULL = 96;
    static final int INNER = 97;
    static final int LEFT = 98;
    static final int NATURAL = 99;
    static final int OUTER = 100;
    static final int RIGHT = 101;

    // Keywords that are plain identifiers wherever they mean nothing else.
    static final int ABORT = 102;
    static final int ACTION = 103;
    static final int AFTER = 104;
    static final int ALWAYS = 105;
    static final int ANALYZE = 106;
    static final int ASC = 107;
    static final int ATTACH = 108;
    static final int BEFORE = 109;
    static final int BEGIN = 110;
    static final int BY = 111;
    static final int CASCADE = 112;
    static final int CAST = 113;
    static final int COLUMN = 114;
    static final int CONFLICT = 115;
    static final int CURRENT = 116;
    static final int CURRENT_DATE = 117;
    static final int CURRENT_TIME = 118;
    static final int CURRENT_TIMESTAMP = 119;
    static final int DATABASE = 120;
    static final int DEFERRED = 121;
    static final int DESC = 122;
    static final int DETACH = 123;
    static final int DO = 124;
    static final int EACH = 125;
    static final int END = 126;
    static final int EXCLUDE = 127;
    static final int EXCLUSIVE = 128;
    static final int EXPLAIN = 129;
    static final int FAIL = 130;
    static final int FIRST = 131;
    static final int FOLLOWING = 132;
    static final int FOR = 133;
    static final int GENERATED = 134;
    static final int GLOB = 135;
    static final int GROUPS = 136;
    static final int IF = 137;
    static final int IGNORE = 138;
    static final int IMMEDIATE = 139;
    static final int INITIALLY = 140;
    static final int INSTEAD = 141;
    static final int KEY = 142;
    static final int LAST = 143;
    static final int LIKE = 144;
    static final int MATCH = 145;
    static final int MATERIALIZED = 146;
    static final int NO = 147;
    static final int NULLS = 148;
    static final int OF = 149;
    static final int OFFSET = 150;
    static final int OTHERS = 151;
    static final int PARTITION = 152;
    static final int PLAN = 153;
    static final int PRAGMA = 154;
    static final int PRECEDING = 155;
    static final int QUERY = 156;
    static final int RAISE = 157;
    static final int RANGE = 158;
    static final int RECURSIVE = 159;
    static final int REGEXP = 160;
    static final int REINDEX = 161;
    static final int RELEASE = 162;
    static final int RENAME = 163;
    static final int REPLACE = 164;
    static final int RESTRICT = 165;
    static final int ROLLBACK = 166;
    static final int ROW = 167;
    static final int ROWS = 168;
    static final int SAVEPOINT = 169;
    static final int TEMP = 170;
    static final int TEMPORARY = 171;
    static final int TIES = 172;
    static final int TRIGGER = 173;
    static final int UNBOUNDED = 174;
    static final int VACUUM = 175;
    static final int VIEW = 176;
    static final int VIRTUAL = 177;
    static final int WITH = 178;
    static final int WITHOUT = 179;
    static final int COUNT = 180;

    private TokenKind() {}

    /** Whether a table, column or other object may be named by this token. */
    static boolean isName(int kind) {
        return kind >= STRING;
    }

    /** A name that is no string. */
    static boolean isIdentifier(int kind) {
        return kind >= IDENTIFIER;
    }

    /** Whether it is an alias without AS, a word of a type, or a collation: not INDEXED and no word of a join. */
    static boolean isAlias(int kind) {
        return kind == STRING || isPlainIdentifier(kind);
    }

    /** An identifier, or a keyword that falls back to one. */
    static boolean isPlainIdentifier(int kind) {
        return kind == IDENTIFIER || kind >= ABORT;
    }

    static boolean isJoinWord(int kind) {
        return kind >= CROSS && kind <= RIGHT;
    }

    /** A number without {@code _}: the only ones in types and pragmas. */
    static boolean isPlainNumber(int kind) {
        return kind == INTEGER || kind == FLOAT;
    }

    /** Whether an expression that begins with this token takes it for a keyword, although it may be a name elsewhere. */
    static boolean isKeywordInExpression(int kind) {
        return kind == CAST || kind == RAISE || (kind >= CURRENT_DATE && kind <= CURRENT_TIMESTAMP);
    }

    /** Whether a query begins with this token. */
    static boolean startsSelect(int kind) {
        return kind == SELECT || kind == VALUES || kind == WITH;
    }
}
