package dev.verso.jdbc;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names that CREATE TABLE gives to constraints; the schema keeps them only in its text. */
final class ConstraintNames {
    private static final String NAME = "(?:\"([^\"]+)\"|`([^`]+)`|\\[([^]]+)]|(\\w+))";
    private static final Pattern PRIMARY_KEY =
            Pattern.compile("\\bCONSTRAINT\\s+" + NAME + "\\s+PRIMARY\\s+KEY", Pattern.CASE_INSENSITIVE);
    private static final Pattern FOREIGN_KEY = Pattern.compile(
            "\\bCONSTRAINT\\s+" + NAME + "\\s+FOREIGN\\s+KEY\\s*\\(([^)]*)\\)", Pattern.CASE_INSENSITIVE);

    private ConstraintNames() {}

    /** The name of the primary key, or null. */
    static String primaryKey(String createTable) {
        Matcher m = PRIMARY_KEY.matcher(createTable);
        return m.find() ? name(m) : null;
    }

    /** The name of the foreign key that has this column, or null. */
    static String foreignKey(String createTable, String column) {
        Matcher m = FOREIGN_KEY.matcher(createTable);
        while (m.find()) {
            for (String part : m.group(5).split(",")) {
                String plain = part.strip().replaceAll("^[\"`\\[]|[\"`\\]]$", "");
                if (plain.equalsIgnoreCase(column)) {
                    return name(m);
                }
            }
        }
        return null;
    }

    private static String name(Matcher m) {
        for (int i = 1; i <= 4; i++) {
            if (m.group(i) != null) {
                return m.group(i);
            }
        }
        return null;
    }
}
