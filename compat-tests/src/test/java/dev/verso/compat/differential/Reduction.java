package dev.verso.compat.differential;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the script of a difference small: leaves out steps as long as its last one still differs. */
final class Reduction {
    private static final int MOST_TRIALS = Integer.getInteger("verso.differential.trials", 400);
    private static final long MOST_NANOS = MOST_TRIALS * 37_500_000L;

    private static final Pattern INSERTED = Pattern.compile("INTO (\\w+)");

    private final Path folder;
    private final long end = System.nanoTime() + MOST_NANOS;
    private int trials;

    /** @param folder for the databases on which the steps are tried */
    Reduction(Path folder) {
        this.folder = folder;
    }

    /** The steps that are needed for the last one to differ, or all if it doesn't when they are done anew. */
    List<Step> of(List<Step> steps) throws SQLException {
        Step last = steps.get(steps.size() - 1);
        List<Step> before = new ArrayList<>(steps.subList(0, steps.size() - 1));
        if (!differs(before, last)) {
            return steps;
        }
        int size = Math.max(1, before.size() / 2);
        while (true) {
            boolean smaller = false;
            for (int at = before.size() - size; at > -size && isWorthwhile(); at -= size) {
                List<Step> fewer = new ArrayList<>(before);
                fewer.subList(Math.max(0, at), Math.min(before.size(), at + size))
                        .clear();
                if (fewer.size() < before.size() && differs(fewer, last)) {
                    before = fewer;
                    smaller = true;
                }
            }
            if (!isWorthwhile() || size == 1 && !smaller) {
                break;
            }
            size = smaller ? Math.max(1, Math.min(size, before.size() / 2)) : Math.max(1, size / 2);
        }
        before.add(last);
        return before;
    }

    private boolean isWorthwhile() {
        return trials < MOST_TRIALS && System.nanoTime() < end;
    }

    /** Whether the last step differs and none before it does. */
    private boolean differs(List<Step> steps, Step last) throws SQLException {
        trials++;
        try (TwoDatabases databases = new TwoDatabases(folder)) {
            for (Step step : steps) {
                if (verdict(databases, step).endsTheChapter()) {
                    return false;
                }
            }
            if (last == Step.COMPARE_FILES) {
                databases.doHere(Step.REOPEN);
                databases.doThere(Step.REOPEN);
                return FilesAlike.problem(databases.ourFile(), databases.theirFile()) != null;
            }
            return verdict(databases, last) == Verdict.DIFFERENT;
        }
    }

    /** Whether the statement may have drawn a rowid: scripts that come to that are not the ones looked for. */
    private static boolean hasRandomRowids(Connection theirs, Step step) {
        Matcher table = INSERTED.matcher(step.sql() == null ? "" : step.sql());
        String question = "SELECT max(rowid) = 9223372036854775807 OR last_insert_rowid() > 1000000000000000000 FROM ";
        return table.find()
                && Answer.of(theirs, question + table.group(1)).rows().equals(List.of("1"));
    }

    private static Verdict verdict(TwoDatabases databases, Step step) throws SQLException {
        List<Answer> expected = databases.doThere(step);
        List<Answer> actual = databases.doHere(step);
        Verdict verdict = DifferentialRun.verdict(step, expected, actual);
        return verdict == Verdict.DIFFERENT && hasRandomRowids(databases.theirs(), step)
                ? Verdict.RANDOM_ROWID
                : verdict;
    }
}
