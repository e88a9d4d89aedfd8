package dev.verso.sql.schema;

/** Row estimates of indexes: SQLite's guesses where ANALYZE has not been run, and what {@code sqlite_stat1} says. */
public final class Statistics {
    private static final double[] GUESSES = {10, 9, 8, 7, 6};

    private Statistics() {}

    /** SQLite's guess: ten rows per first column, fewer with each further one, one row for a whole unique key. */
    public static double[] guess(Index index) {
        double[] rows = new double[index.keyColumns() + 1];
        rows[0] = Math.max(index.table().estimatedRows(), 1000);
        if (index.where() != null) {
            rows[0] /= 2;
        }
        for (int i = 1; i < rows.length; i++) {
            rows[i] = i <= GUESSES.length ? GUESSES[i - 1] : 5;
        }
        if (index.isUnique()) {
            rows[rows.length - 1] = 1;
        }
        return rows;
    }

    /** Reads the numbers of a {@code stat} column ({@code "1000 10 1"}, perhaps words after them). @param index null for a table's own row */
    public static void apply(Table table, Index index, String stat) {
        String[] words = stat.trim().split("\\s+");
        double[] rows = new double[index == null ? 1 : index.keyColumns() + 1];
        int count = 0;
        while (count < rows.length && count < words.length && isNumber(words[count])) {
            rows[count] = Double.parseDouble(words[count]);
            count++;
        }
        if (count == 0) {
            return;
        }
        if (index == null || index.where() == null) {
            table.estimatedRows(rows[0]);
        }
        if (index != null) {
            for (int i = count; i < rows.length; i++) {
                rows[i] = rows[count - 1];
            }
            index.rowsPerKey(rows, true);
        }
    }

    private static boolean isNumber(String word) {
        return !word.isEmpty() && word.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
