package dev.verso.jdbc;

import java.sql.Types;
import java.util.Locale;

/** JDBC types of declared SQLite types, and of storage classes where nothing is declared. */
final class ColumnTypes {
    private ColumnTypes() {}

    /** The declared name without its numbers, upper case; empty for null. */
    static String baseName(String declared) {
        if (declared == null) {
            return "";
        }
        int open = declared.indexOf('(');
        return (open < 0 ? declared : declared.substring(0, open)).strip().toUpperCase(Locale.ROOT);
    }

    /** The type of a declaration; {@link Types#NULL} if it says nothing. */
    static int ofDeclaration(String declared) {
        String name = baseName(declared);
        return switch (name) {
            case "" -> Types.NULL;
            case "BOOLEAN", "BOOL" -> Types.BOOLEAN;
            case "TINYINT" -> Types.TINYINT;
            case "SMALLINT", "INT2" -> Types.SMALLINT;
            case "BIGINT", "INT8", "UNSIGNED BIG INT" -> Types.BIGINT;
            case "DATE" -> Types.DATE;
            case "TIME" -> Types.TIME;
            case "DATETIME", "TIMESTAMP" -> Types.TIMESTAMP;
            case "DECIMAL" -> Types.DECIMAL;
            case "NUMERIC" -> Types.NUMERIC;
            case "REAL" -> Types.REAL;
            case "FLOAT" -> Types.FLOAT;
            case "DOUBLE", "DOUBLE PRECISION" -> Types.DOUBLE;
            case "CHAR", "CHARACTER" -> Types.CHAR;
            case "CLOB" -> Types.CLOB;
            case "BLOB" -> Types.BLOB;
            case "BINARY" -> Types.BINARY;
            case "VARBINARY" -> Types.VARBINARY;
            default -> byAffinity(name);
        };
    }

    private static int byAffinity(String name) {
        if (name.contains("INT")) {
            return Types.INTEGER;
        }
        if (name.contains("CHAR") || name.contains("CLOB") || name.contains("TEXT")) {
            return Types.VARCHAR;
        }
        if (name.contains("BLOB")) {
            return Types.BLOB;
        }
        if (name.contains("REAL") || name.contains("FLOA") || name.contains("DOUB")) {
            return Types.REAL;
        }
        return Types.NUMERIC;
    }

    static String className(int type) {
        return switch (type) {
            case Types.BOOLEAN, Types.TINYINT, Types.SMALLINT, Types.INTEGER -> "java.lang.Integer";
            case Types.BIGINT -> "java.lang.Long";
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> "java.lang.Double";
            case Types.DECIMAL, Types.NUMERIC -> "java.lang.Object";
            case Types.BLOB, Types.BINARY, Types.VARBINARY -> "[B";
            case Types.NULL, Types.DATE, Types.TIME, Types.TIMESTAMP -> "java.lang.Object";
            default -> "java.lang.String";
        };
    }

    /** The numbers in a declaration's parentheses: precision and scale, 0 where there are none. */
    static int[] numbers(String declared) {
        int[] numbers = new int[2];
        if (declared == null) {
            return numbers;
        }
        int open = declared.indexOf('(');
        int close = declared.indexOf(')', open + 1);
        if (open < 0 || close < 0) {
            return numbers;
        }
        String[] parts = declared.substring(open + 1, close).split(",", -1);
        for (int i = 0; i < Math.min(2, parts.length); i++) {
            String part = parts[i].strip();
            if (!part.isEmpty() && part.length() < 10 && part.chars().allMatch(c -> c >= '0' && c <= '9')) {
                numbers[i] = Integer.parseInt(part);
            }
        }
        return numbers;
    }
}
