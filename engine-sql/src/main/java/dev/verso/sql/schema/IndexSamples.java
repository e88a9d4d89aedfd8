package dev.verso.sql.schema;

import dev.verso.vm.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Sample entries of one index ({@code sqlite_stat4}, file format §2.6.5), in the order of the index, with what the planner wants to know about values
 * that are not among them.
 */
public final class IndexSamples {
    /**
     * One entry.
     *
     * @param key its columns
     * @param equal entries that have the same first i + 1 columns
     * @param less entries that are less by their first i + 1 columns
     * @param distinctLess distinct prefixes of i + 1 columns that are less
     */
    public record Sample(Value[] key, long[] equal, long[] less, long[] distinctLess) {}

    private final int columns;
    private final List<Sample> samples = new ArrayList<>();
    private long[] averageEqual;
    private long rows;

    /** @param columns of the key record that samples have */
    IndexSamples(int columns) {
        this.columns = columns;
    }

    void add(Sample sample) {
        samples.add(sample);
    }

    /** @param rowsPerKey numbers of {@code sqlite_stat1}, 0 where it says nothing; null if it says nothing at all */
    void finish(long[] rowsPerKey) {
        averageEqual = new long[columns];
        int counted = 1;
        if (columns > 1) {
            counted = columns - 1;
            averageEqual[counted] = 1;
        }
        for (int column = 0; column < counted; column++) {
            averageEqual[column] = averageEqual(column, rowsPerKey);
        }
    }

    /** Entries that share a prefix which is not that of a sample: all entries but those of samples, by all prefixes but those of samples. */
    private long averageEqual(int column, long[] rowsPerKey) {
        int count = samples.size();
        Sample last = samples.get(count - 1);
        long hundredfoldDistinct;
        if (rowsPerKey == null || column + 1 >= rowsPerKey.length || rowsPerKey[column + 1] == 0) {
            rows = last.less[column];
            hundredfoldDistinct = 100 * last.distinctLess[column];
            count--;
        } else {
            rows = rowsPerKey[0];
            hundredfoldDistinct = 100 * rowsPerKey[0] / rowsPerKey[column + 1];
        }
        long equal = 0;
        long hundredfoldSampled = 0;
        for (int i = 0; i < count; i++) {
            if (i == samples.size() - 1
                    || samples.get(i).distinctLess[column] != samples.get(i + 1).distinctLess[column]) {
                equal += samples.get(i).equal[column];
                hundredfoldSampled += 100;
            }
        }
        long average = 0;
        if (hundredfoldDistinct > hundredfoldSampled && equal < rows) {
            average = 100 * (rows - equal) / (hundredfoldDistinct - hundredfoldSampled);
        }
        return Math.max(average, 1);
    }

    /** Columns of the key record that samples have. */
    public int columns() {
        return columns;
    }

    public int count() {
        return samples.size();
    }

    public Sample get(int number) {
        return samples.get(number);
    }

    /** Entries that share the first {@code column + 1} columns if those are not the same as a sample's. */
    public long averageEqual(int column) {
        return averageEqual[column];
    }

    /** Entries in all. */
    public long rows() {
        return rows;
    }
}
