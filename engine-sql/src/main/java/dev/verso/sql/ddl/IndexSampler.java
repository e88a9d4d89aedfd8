package dev.verso.sql.ddl;

import dev.verso.vm.function.Aggregator;
import dev.verso.vm.function.FunctionContext;
import dev.verso.vm.value.Value;
import java.util.Arrays;

/**
 * What ANALYZE gathers while it reads one index from front to back: how many entries and distinct prefixes there are ({@code sqlite_stat1}), and
 * 24 samples of keys ({@code sqlite_stat4}, file format §2.6.4 and §2.6.5). The numbers and the choice of samples are SQLite's, to the last one:
 *
 * <ul>
 *   <li>about a third of the samples stand at equal distances ("periodic"), whatever they hold;
 *   <li>the others are for the prefixes that most entries share; of entries that are equally good a hash decides, which only depends on
 *       the number of columns and entries.
 * </ul>
 *
 * <p>The code of ANALYZE steps it as it would an aggregate function. The arguments are a request, the first column that differs from the entry
 * before, the key of the row (rowid or record of the primary key) and the number of entries; what was requested is the value.
 */
final class IndexSampler implements Aggregator {
    // ---- requests
    /** One more entry. With a limit the value says how to go on: NULL to the next entry, 0 to the next distinct first column, 1 not at all. */
    static final int ENTRY = 0;
    /** The text of {@code sqlite_stat1}. */
    static final int AVERAGES = 1;
    /** The key of the next sample, NULL after the last. */
    static final int SAMPLE = 2;
    /** Entries that are equal to the sample in its first column, in its first two columns … */
    static final int EQUAL = 3;
    /** Entries that are less. */
    static final int LESS = 4;
    /** Distinct prefixes that are less; the sample is done with. */
    static final int DISTINCT_LESS = 5;

    static final int ARGUMENTS = 4;

    private static final int CONTINUE = -1;

    private static final int MOST_SAMPLES = 24;
    private static final int PERIODIC_SAMPLES = MOST_SAMPLES / 3 + 1;

    /** An entry and its place in the index. */
    private static final class Sample {
        final long[] equal;
        final long[] less;
        final long[] distinctLess;
        /** Column for whose repetitions it was chosen. */
        int column;

        boolean periodic;
        int hash;
        long rowid;
        /** Null if the key is a rowid. */
        byte[] record;

        Sample(int columns) {
            equal = new long[columns];
            less = new long[columns];
            distinctLess = new long[columns];
        }

        void copy(Sample other) {
            System.arraycopy(other.equal, 0, equal, 0, equal.length);
            System.arraycopy(other.less, 0, less, 0, less.length);
            System.arraycopy(other.distinctLess, 0, distinctLess, 0, distinctLess.length);
            column = other.column;
            periodic = other.periodic;
            hash = other.hash;
            rowid = other.rowid;
            record = other.record;
        }

        void clear() {
            Arrays.fill(equal, 0);
            Arrays.fill(less, 0);
            Arrays.fill(distinctLess, 0);
            column = 0;
            periodic = false;
            hash = 0;
            rowid = 0;
            record = null;
        }

        /** True if it stands for more entries than the other one, which was chosen for the same column; the hash decides between equals. */
        boolean isBetterBehindColumn(Sample other) {
            for (int i = column + 1; i < equal.length; i++) {
                if (equal[i] != other.equal[i]) {
                    return equal[i] > other.equal[i];
                }
            }
            return Integer.compareUnsigned(hash, other.hash) > 0;
        }

        boolean isBetter(Sample other) {
            long mine = equal[column];
            long theirs = other.equal[other.column];
            if (mine != theirs) {
                return mine > theirs;
            }
            return column < other.column || column == other.column && isBetterBehindColumn(other);
        }
    }

    private final int columns;
    private final int keyColumns;
    private final long limit;
    private final int mostSamples;
    private final Sample current;
    /** For each column but the last, the best entry among those with the present prefix. */
    private final Sample[] best;
    /** In the order of the index; those from {@link #count} on are free. */
    private final Sample[] samples;

    private int count;
    /** The worst sample that is not periodic, once all places are taken. */
    private int worst;
    /** No sample waits for its number of equal entries from this column on. */
    private int waiting;

    private long entries;
    private long estimate;
    private long period;
    private int random;
    private int skips;
    /** {@link #CONTINUE}, or what the entry just seen says about going on. */
    private int verdict;

    private int request;
    /** Sample that is being told; -1 before the first. */
    private int told;

    /**
     * @param columns of the key record
     * @param keyColumns those that were declared
     * @param limit entries to look at before the rest is guessed; 0 for all
     */
    IndexSampler(int columns, int keyColumns, long limit) {
        this.columns = columns;
        this.keyColumns = keyColumns;
        this.limit = limit;
        mostSamples = limit == 0 ? MOST_SAMPLES : 0;
        current = new Sample(columns);
        best = new Sample[mostSamples == 0 ? 0 : columns];
        Arrays.setAll(best, i -> new Sample(columns));
        samples = new Sample[mostSamples];
        Arrays.setAll(samples, i -> new Sample(columns));
        reset();
    }

    @Override
    public void reset() {
        current.clear();
        for (int i = 0; i < best.length; i++) {
            best[i].clear();
            best[i].column = i;
        }
        count = 0;
        worst = 0;
        waiting = 0;
        entries = 0;
        skips = 0;
        told = -1;
    }

    @Override
    public void step(FunctionContext context, Value[] args, int first, int argumentCount) {
        request = (int) args[first].integer();
        if (request == ENTRY) {
            if (entries == 0) {
                begin(args[first + 3].integer());
            }
            push((int) args[first + 1].integer(), args[first + 2], context);
        } else if (request == SAMPLE && told < 0) {
            pushPrevious(0);
            told = 0;
        }
    }

    private void begin(long expected) {
        estimate = expected;
        period = expected / PERIODIC_SAMPLES + 1;
        random = 0x689e962d * columns ^ 0xd0944565 * (int) expected;
    }

    private void push(int changed, Value key, FunctionContext context) {
        if (entries == 0) {
            Arrays.fill(current.equal, 1);
        } else {
            if (mostSamples > 0) {
                pushPrevious(changed);
            }
            for (int i = 0; i < changed; i++) {
                current.equal[i]++;
            }
            for (int i = changed; i < columns; i++) {
                current.distinctLess[i]++;
                current.less[i] += current.equal[i];
                current.equal[i] = 1;
            }
        }
        entries++;
        if (mostSamples == 0) {
            verdict = CONTINUE;
            if (entries > limit * (skips + 1)) {
                skips++;
                verdict = current.distinctLess[0] > 0 ? 1 : 0;
            }
            return;
        }
        if (key.isInteger()) {
            current.rowid = key.integer();
            current.record = null;
        } else {
            byte[] bytes = key.bytes(context.encoding());
            current.record = Arrays.copyOfRange(bytes, key.offset(), key.offset() + key.length());
        }
        random = random * 1103515245 + 12345;
        current.hash = random;
        long before = current.less[columns - 1];
        if (before / period != (before + 1) / period) {
            current.periodic = true;
            current.column = 0;
            insert(current, columns - 1);
            current.periodic = false;
        }
        for (int i = 0; i < columns - 1; i++) {
            current.column = i;
            if (i >= changed || current.isBetterBehindColumn(best[i])) {
                best[i].copy(current);
            }
        }
    }

    /** The prefixes from that column on have ended: their best entries may become samples. */
    private void pushPrevious(int changed) {
        if (mostSamples == 0) {
            return;
        }
        for (int i = columns - 2; i >= changed; i--) {
            best[i].equal[i] = current.equal[i];
            if (count < mostSamples || best[i].isBetter(samples[worst])) {
                insert(best[i], i);
            }
        }
        if (changed < waiting) {
            for (int i = 0; i < count; i++) {
                for (int j = changed; j < columns; j++) {
                    if (samples[i].equal[j] == 0) {
                        samples[i].equal[j] = current.equal[j];
                    }
                }
            }
            waiting = changed;
        }
    }

    /** @param unknown leading columns for which the number of equal entries is not known yet: it is 0 in the sample till then */
    private void insert(Sample entry, int unknown) {
        waiting = Math.max(waiting, unknown);
        if (entry.periodic || !isCovered(entry)) {
            if (count >= mostSamples) {
                Sample freed = samples[worst];
                System.arraycopy(samples, worst + 1, samples, worst, count - worst - 1);
                samples[count - 1] = freed;
                count--;
            }
            Sample place = samples[count++];
            place.copy(entry);
            Arrays.fill(place.equal, 0, unknown, 0);
        } else if (upgraded == null) {
            return;
        }
        if (count >= mostSamples) {
            findWorst();
        }
    }

    /** Set by isCovered: the sample that was made to stand for the entry too; null if a periodic one does so already. */
    private Sample upgraded;

    /** True if some sample shares the prefix already: then the best of those gets the entry's rank. */
    private boolean isCovered(Sample entry) {
        upgraded = null;
        for (int i = count - 1; i >= 0; i--) {
            Sample known = samples[i];
            if (known.equal[entry.column] == 0) {
                if (known.periodic) {
                    upgraded = null;
                    return true;
                }
                if (upgraded == null || known.isBetter(upgraded)) {
                    upgraded = known;
                }
            }
        }
        if (upgraded == null) {
            return false;
        }
        upgraded.column = entry.column;
        upgraded.equal[entry.column] = entry.equal[entry.column];
        return true;
    }

    private void findWorst() {
        worst = -1;
        for (int i = 0; i < count; i++) {
            if (!samples[i].periodic && (worst < 0 || samples[worst].isBetter(samples[i]))) {
                worst = i;
            }
        }
        assert worst >= 0 : "all samples are periodic";
    }

    @Override
    public void value(FunctionContext context, Value result) {
        switch (request) {
            case ENTRY -> {
                if (verdict != CONTINUE) {
                    result.setInteger(verdict);
                }
            }
            case AVERAGES -> result.setText(averages());
            case SAMPLE -> key(result);
            case EQUAL -> result.setText(numbers(samples[told].equal));
            case LESS -> result.setText(numbers(samples[told].less));
            case DISTINCT_LESS -> result.setText(numbers(samples[told++].distinctLess));
            default -> throw new IllegalStateException("request " + request);
        }
    }

    /** The number of entries, then for each column how many entries share a prefix that ends with it; rounded up, as too few would be worse. */
    private String averages() {
        StringBuilder text = new StringBuilder().append(skips > 0 ? estimate : entries);
        for (int i = 0; i < keyColumns; i++) {
            long distinct = current.distinctLess[i] + 1;
            long average = (entries + distinct - 1) / distinct;
            if (average == 2 && entries * 10 <= distinct * 11) {
                average = 1;
            }
            text.append(' ').append(average);
        }
        return text.toString();
    }

    private void key(Value result) {
        if (told >= count || entries == 0) {
            result.setNull();
        } else if (samples[told].record == null) {
            result.setInteger(samples[told].rowid);
        } else {
            byte[] record = samples[told].record;
            result.setBlob(record, 0, record.length);
        }
    }

    private static String numbers(long[] numbers) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < numbers.length; i++) {
            text.append(i == 0 ? "" : " ").append(numbers[i]);
        }
        return text.toString();
    }
}
