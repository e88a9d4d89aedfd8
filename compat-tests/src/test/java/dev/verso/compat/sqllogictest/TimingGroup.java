package dev.verso.compat.sqllogictest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Times of statements of one kind, and those of them that took long beside the real SQLite's. */
final class TimingGroup {
    private final String kind;
    /** How many times SQLite's time makes a statement one that is kept, and not only counted. */
    private final double suspicious;

    final List<Timing> slow = new ArrayList<>();
    private double[] ratios = new double[1024];
    private int count;
    private long ourNanos;
    private long theirNanos;

    TimingGroup(String kind, double suspicious) {
        this.kind = kind;
        this.suspicious = suspicious;
    }

    void add(Timing timing) {
        if (count == ratios.length) {
            ratios = Arrays.copyOf(ratios, count * 2);
        }
        ratios[count++] = timing.ratio();
        ourNanos += timing.ourNanos();
        theirNanos += timing.theirNanos();
        if (timing.ratio() > suspicious) {
            slow.add(timing);
        }
    }

    void clear() {
        slow.clear();
        count = 0;
        ourNanos = 0;
        theirNanos = 0;
    }

    int count() {
        return count;
    }

    /** Our times over theirs, in ascending order. */
    double[] ratios() {
        double[] sorted = Arrays.copyOf(ratios, count);
        Arrays.sort(sorted);
        return sorted;
    }

    /** Prints totals, the ratios' distribution and the worst statements. */
    void print(int shown) {
        if (count == 0) {
            return;
        }
        double[] sorted = ratios();
        System.out.printf(
                "  %d %s, warm: SQLite %.1f ms, Verso %.1f ms together; Verso's time over SQLite's: median %.2f, 9 of 10 below %.2f,"
                        + " 99 of 100 below %.2f, worst %.2f; above 5: %d%n",
                count,
                kind,
                theirNanos / 1e6,
                ourNanos / 1e6,
                sorted[count / 2],
                sorted[(int) (count * 0.9)],
                sorted[(int) (count * 0.99)],
                sorted[count - 1],
                slow.stream().filter(timing -> timing.ratio() > 5).count());
        show(slow, shown);
    }

    /** Prints the worst of some statements. */
    static void show(List<Timing> timings, int shown) {
        timings.stream()
                .sorted(Comparator.comparingDouble(Timing::ratio).reversed())
                .limit(shown)
                .forEach(timing -> System.out.printf(
                        "  %6.2f times, %9.3f ms instead of %9.3f: %s:%d %s%n",
                        timing.ratio(),
                        timing.ourNanos() / 1e6,
                        timing.theirNanos() / 1e6,
                        timing.script(),
                        timing.line(),
                        timing.sql().replace('\n', ' ')));
    }
}
