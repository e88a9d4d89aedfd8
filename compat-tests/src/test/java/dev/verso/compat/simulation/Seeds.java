package dev.verso.compat.simulation;

import java.util.List;
import java.util.stream.LongStream;

/** Which seeds a simulation runs: {@code -Dverso.seed=N} for one, {@code -Dverso.seeds=FROM-TO} for some. */
final class Seeds {
    private Seeds() {}

    static List<Long> chosen(int usual, int full) {
        Long one = Long.getLong("verso.seed");
        if (one != null) {
            return List.of(one);
        }
        String[] range = System.getProperty("verso.seeds", "").split("-");
        if (range.length == 2) {
            return LongStream.rangeClosed(Long.parseLong(range[0]), Long.parseLong(range[1]))
                    .boxed()
                    .toList();
        }
        return LongStream.rangeClosed(1, Boolean.getBoolean("verso.full") ? full : usual)
                .boxed()
                .toList();
    }

    /** What a failure says, so that it can be replayed. */
    static String replay(Class<?> test, long seed) {
        return "seed " + seed
                + "; replay: mvn -pl compat-tests -am test -Dsurefire.failIfNoSpecifiedTests=false -Dtest="
                + test.getSimpleName() + " -Dverso.seed=" + seed;
    }
}
