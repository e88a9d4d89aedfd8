package dev.verso.sql.schema;

import dev.verso.btree.BTree;
import dev.verso.btree.TableCursor;
import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.record.AsciiCase;
import dev.verso.record.RecordView;
import dev.verso.vm.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads what ANALYZE has written: {@code sqlite_stat1} (file format §2.6.3) and {@code sqlite_stat4} (§2.6.5). Where there is nothing, indexes get
 * SQLite's guesses. Anyone may write these tables, so nothing in them is relied upon.
 */
final class Statistics {
    /** 10, 9, 8, 7 and 6 rows. */
    private static final int[] GUESSES = {33, 32, 30, 28, 27};

    private static final int FURTHER_GUESS = 23;
    private static final int THOUSAND_ROWS = 99;
    private static final int HUNDRED_ROWS = 66;
    private static final int HALF = 10;
    private static final int SAMPLE_COLUMNS = 6;

    private final Schema schema;
    private final BTree tree;
    private final Value value = new Value();
    /** How many numbers the last text began with. */
    private int numbersRead;

    Statistics(Schema schema, BTree tree) {
        this.schema = schema;
        this.tree = tree;
    }

    /** Gives an index SQLite's guess: ten rows per first column, fewer with each further one, one row for a whole unique key. */
    static void guess(Index index) {
        Table table = index.table();
        if (LogEst.of(table.estimatedRows()) < THOUSAND_ROWS) {
            table.estimatedRows(1000);
        }
        int[] rows = new int[index.keyColumns() + 1];
        rows[0] = LogEst.of(table.estimatedRows()) - (index.where() == null ? 0 : HALF);
        for (int i = 1; i < rows.length; i++) {
            rows[i] = i <= GUESSES.length ? GUESSES[i - 1] : FURTHER_GUESS;
        }
        if (index.isUnique()) {
            rows[rows.length - 1] = 0;
        }
        index.guessedRows(rows);
    }

    /** Reads both tables, if they are there. The number of rows of tables that nothing is said about stays what it was. */
    void load() {
        for (Table table : schema.tables()) {
            table.hasStatistics(false);
        }
        for (Index index : schema.indexes()) {
            index.forgetStatistics();
        }
        Map<Index, long[]> numbers = new LinkedHashMap<>();
        unlessDamaged(() -> loadNumbers(numbers));
        for (Index index : schema.indexes()) {
            if (!index.hasStatistics()) {
                guess(index);
            }
        }
        unlessDamaged(() -> loadSamples(numbers));
    }

    /** Without statistics all queries have their answers: a damaged tree of them must not keep a database closed. */
    private static void unlessDamaged(Runnable reading) {
        try {
            reading.run();
        } catch (DatabaseException e) {
            if (e.code().primary() != ResultCode.CORRUPT.primary()) {
                throw e;
            }
        }
    }

    private Table table(String name, int columns) {
        Table table = schema.table(name);
        boolean isFit = table != null
                && table.kind() == Table.Kind.TABLE
                && table.hasRowid()
                && table.columns().size() >= columns;
        return isFit ? table : null;
    }

    private String text(RecordView row, int column) {
        return SchemaLoader.text(row, column, value, tree.encoding());
    }

    // ---- sqlite_stat1

    private void loadNumbers(Map<Index, long[]> numbers) {
        Table statistics = table("sqlite_stat1", 3);
        if (statistics == null) {
            return;
        }
        try (TableCursor cursor = tree.openTable(statistics.rootPage(), false)) {
            for (boolean on = cursor.first(); on; on = cursor.next()) {
                RecordView row = cursor.record();
                String tableName = text(row, 0);
                String indexName = text(row, 1);
                String words = text(row, 2);
                Table table = tableName == null ? null : schema.table(tableName);
                if (table == null || words == null) {
                    continue;
                }
                Index index = indexName == null
                        ? null
                        : AsciiCase.same(indexName, tableName) ? table.primaryKey() : schema.index(indexName);
                apply(table, index, words, numbers);
            }
        }
    }

    private void apply(Table table, Index index, String stat, Map<Index, long[]> numbers) {
        if (index == null) {
            long[] rows = new long[1];
            for (String word : wordsBehind(stat, rows)) {
                if (isWidth(word)) {
                    table.statedWidth(width(word));
                }
            }
            if (numbersRead > 0) {
                table.estimatedRows(rows[0]);
            }
            table.hasStatistics(true);
            return;
        }
        long[] rows = new long[index.keyColumns() + 1];
        int[] estimates = index.rowEstimates().clone();
        boolean isUnordered = false;
        boolean isNoSkipScan = false;
        for (String word : wordsBehind(stat, rows)) {
            isUnordered |= word.startsWith("unordered");
            isNoSkipScan |= word.startsWith("noskipscan");
            if (isWidth(word)) {
                index.statedWidth(width(word));
            }
        }
        for (int i = 0; i < numbersRead; i++) {
            estimates[i] = LogEst.of(rows[i]);
        }
        numbers.put(index, rows);
        // All entries have the same key: scanning the table seems better than the index.
        boolean isOfOneKey = estimates[0] > HUNDRED_ROWS && estimates[0] <= estimates[estimates.length - 1];
        index.statistics(estimates, isUnordered, isNoSkipScan, isOfOneKey);
        if (index.where() == null) {
            table.hasStatistics(true);
            if (numbersRead > 0) {
                table.estimatedRows(rows[0]);
            }
        }
    }

    /** Reads numbers from the front of the text, 0 for what is none, until the text ends or there are enough. @return the words behind them */
    private String[] wordsBehind(String text, long[] numbers) {
        int at = 0;
        numbersRead = 0;
        while (at < text.length() && numbersRead < numbers.length) {
            long number = 0;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                number = number * 10 + text.charAt(at++) - '0';
            }
            numbers[numbersRead++] = number;
            if (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
        }
        return text.substring(at).split(" ");
    }

    private static boolean isWidth(String word) {
        return word.startsWith("sz=") && word.length() > 3 && Character.digit(word.charAt(3), 10) >= 0;
    }

    private static int width(String word) {
        long width = 0;
        for (int i = 3; i < word.length() && word.charAt(i) >= '0' && word.charAt(i) <= '9' && width < 1L << 31; i++) {
            width = width * 10 + word.charAt(i) - '0';
        }
        return LogEst.of(Math.max(width, 2));
    }

    // ---- sqlite_stat4

    private void loadSamples(Map<Index, long[]> numbers) {
        Table statistics = table("sqlite_stat4", SAMPLE_COLUMNS);
        if (statistics == null) {
            return;
        }
        Map<Index, IndexSamples> found = new LinkedHashMap<>();
        try (TableCursor cursor = tree.openTable(statistics.rootPage(), false)) {
            for (boolean on = cursor.first(); on; on = cursor.next()) {
                RecordView row = cursor.record();
                Index index = indexOf(text(row, 1));
                if (index == null) {
                    continue;
                }
                int columns = index.isPrimaryKeyOfWithoutRowid()
                        ? index.keyColumns()
                        : index.parts().size();
                long[][] counts = new long[3][columns];
                for (int i = 0; i < counts.length; i++) {
                    String text = text(row, 2 + i);
                    if (text != null) {
                        wordsBehind(text, counts[i]);
                    }
                }
                Value[] key = key(row, columns);
                if (key != null) {
                    found.computeIfAbsent(index, i -> new IndexSamples(columns))
                            .add(new IndexSamples.Sample(key, counts[0], counts[1], counts[2]));
                }
            }
        }
        found.forEach((index, samples) -> {
            samples.finish(numbers.get(index));
            index.samples(samples);
            index.table().setHasSamples();
        });
    }

    /** The tree of a WITHOUT ROWID table goes by the name of the table. */
    private Index indexOf(String name) {
        if (name == null) {
            return null;
        }
        Index index = schema.index(name);
        if (index != null) {
            return index;
        }
        Table table = schema.table(name);
        return table != null && table.isWithoutRowid() ? table.primaryKey() : null;
    }

    /** The columns of a sample; null if it is no record of so many. */
    private Value[] key(RecordView row, int columns) {
        if (!row.hasColumn(SAMPLE_COLUMNS - 1)) {
            return null;
        }
        value.setColumn(row, SAMPLE_COLUMNS - 1, tree.encoding());
        if (!value.isBlob()) {
            return null;
        }
        byte[] bytes = value.asBytes();
        try {
            RecordView record = new RecordView().wrap(bytes, 0, bytes.length);
            if (!record.hasColumn(columns - 1)) {
                return null;
            }
            Value[] key = new Value[columns];
            for (int i = 0; i < columns; i++) {
                key[i] = new Value();
                key[i].setColumn(record, i, tree.encoding());
                key[i].own();
            }
            return key;
        } catch (DatabaseException e) {
            return null; // a damaged sample is no sample
        }
    }
}
