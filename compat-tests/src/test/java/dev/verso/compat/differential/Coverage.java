package dev.verso.compat.differential;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What the generated statements have reached: how many of each kind, how many ended in an error, how their answers compared, and which alternatives of the
 * grammar, functions, pragmas and conflict clauses occurred in them.
 */
final class Coverage {
    /** Not all statements are parsed: that takes longer than running them. */
    private static final int PARSED_EVERY = 8;

    final GrammarCoverage grammar = new GrammarCoverage();
    /** Functions with their numbers of arguments, pragmas, sources, positions of conflict clauses; and those of them in statements without error. */
    final Set<String> reached = new TreeSet<>();

    final Set<String> successful = new TreeSet<>();
    private long parsed;
    private final Map<String, Integer> kinds = new TreeMap<>();
    private final Map<String, Integer> errorKinds = new TreeMap<>();
    private final Map<Verdict, Integer> verdicts = new TreeMap<>();
    private long statements;
    private long prepared;
    private long errors;
    private long rows;
    private int files;
    /** Of files that hold the same on other pages, what is on which. */
    private final List<String> otherPages = new ArrayList<>();

    /** Adds a file whose contents agree. @return whether all is on the same pages: {@code otherPages} tells what is not, or is null */
    boolean addFile(long seed, String otherPages) {
        files++;
        if (otherPages != null) {
            this.otherPages.add("seed " + seed + ": " + otherPages);
        }
        return otherPages == null;
    }

    int files() {
        return files;
    }

    List<String> otherPages() {
        return otherPages;
    }

    /** Adds what another run has reached. */
    void add(Coverage other) {
        statements += other.statements;
        prepared += other.prepared;
        errors += other.errors;
        rows += other.rows;
        files += other.files;
        otherPages.addAll(other.otherPages);
        grammar.add(other.grammar);
        reached.addAll(other.reached);
        successful.addAll(other.successful);
        other.kinds.forEach((key, count) -> kinds.merge(key, count, Integer::sum));
        other.errorKinds.forEach((key, count) -> errorKinds.merge(key, count, Integer::sum));
        other.verdicts.forEach((key, count) -> verdicts.merge(key, count, Integer::sum));
    }

    void add(Step step, List<Answer> answers, Verdict verdict) {
        if (verdict != Verdict.SAME) {
            verdicts.merge(verdict, 1, Integer::sum);
        }
        for (Answer answer : answers) {
            statements++;
            errors += answer.isError() ? 1 : 0;
            rows += answer.rows().size();
        }
        if (step.isPrepared()) {
            prepared += answers.size();
        }
        if (step == Step.REOPEN || step.sql() == null) {
            return;
        }
        String sql = step.sql();
        boolean succeeded = answers.stream().anyMatch(answer -> !answer.isError());
        if (step.isOfScene() || parsed++ % PARSED_EVERY == 0) {
            grammar.add(sql, feature -> {
                reached.add(feature);
                if (succeeded) {
                    successful.add(feature);
                }
            });
        }
        String kind = kind(sql);
        kinds.merge(kind, 1, Integer::sum);
        if (answers.stream().anyMatch(Answer::isError)) {
            errorKinds.merge(kind, 1, Integer::sum);
        }
    }

    private static String kind(String sql) {
        String[] words = sql.split("[^A-Za-z_]+", 5);
        String first = words[0].toUpperCase(Locale.ROOT);
        return switch (first) {
            case "CREATE" -> {
                int at = 1;
                while (List.of("TEMP", "UNIQUE", "IF").contains(words[at]) && at < words.length - 1) {
                    at++;
                }
                yield "CREATE " + words[at];
            }
            case "DROP", "ROLLBACK", "PRAGMA", "ALTER" -> words.length > 1 ? first + " " + words[1] : first;
            default -> first;
        };
    }

    /** Functions that cannot succeed here, in either engine: no extension may be loaded, and MATCH means nothing without a module for it. */
    private static final Set<String> ALWAYS_REFUSED = Set.of("load_extension", "match");

    /** Of full-text search and R*Tree, which are no part of Verso yet. */
    private static final Pattern LATER =
            Pattern.compile("rtree.*|fts.*|bm25|highlight|matchinfo|offsets|optimize|snippet");

    /** All alternatives of the grammar, functions of the real one (as windows too, with each number of arguments), pragmas and conflict clauses not reached. */
    Set<String> missing(Connection theirs) throws SQLException {
        Set<String> missing = new TreeSet<>();
        grammar.missing().forEach(way -> missing.add("grammar: " + way));
        for (String position : GrammarCoverage.conflictPositions()) {
            if (!reached.contains(position)) {
                missing.add(position);
            }
        }
        try (Statement statement = theirs.createStatement()) {
            try (ResultSet rows =
                    statement.executeQuery("SELECT DISTINCT name, narg, type FROM pragma_function_list")) {
                while (rows.next()) {
                    String name = rows.getString(1);
                    if (!LATER.matcher(name).matches()) {
                        addIfMissing(name, rows.getInt(2), rows.getString(3), missing);
                    }
                }
            }
            try (ResultSet rows = statement.executeQuery("SELECT name FROM pragma_pragma_list")) {
                while (rows.next()) {
                    String name = rows.getString(1);
                    if (!reached.contains("pragma " + name) && !reached.contains("source pragma_" + name)) {
                        missing.add("pragma " + name);
                    }
                }
            }
        }
        for (String module : List.of("json_each", "json_tree", "jsonb_each", "jsonb_tree", "dbstat")) {
            if (!successful.contains("source " + module)) {
                missing.add("module " + module);
            }
        }
        return missing;
    }

    private void addIfMissing(String name, int arguments, String type, Set<String> missing) {
        Set<String> among = ALWAYS_REFUSED.contains(name) ? reached : successful;
        boolean isCalled = isIn(among, "function " + name, arguments);
        boolean isWindow = isIn(among, "window " + name, arguments);
        if (!isCalled && !isWindow) {
            missing.add("function " + name + " of " + arguments + " arguments");
        } else if (type.equals("w") && !isWindow) {
            missing.add("function " + name + " of " + arguments + " arguments, as a window");
        }
    }

    private static boolean isIn(Set<String> features, String call, int arguments) {
        return arguments < 0
                ? features.stream().anyMatch(feature -> feature.startsWith(call + " "))
                : features.contains(call + " " + arguments);
    }

    @Override
    public String toString() {
        long calls = reached.stream()
                .filter(feature -> feature.startsWith("function ") || feature.startsWith("window "))
                .count();
        return statements + " statements (" + prepared + " of them prepared), "
                + String.format(Locale.ROOT, "%.1f", 100.0 * (statements - errors) / Math.max(1, statements))
                + " % succeed, " + rows + " rows\n  not the same but undefined: " + verdicts + "\n  kinds " + kinds
                + "\n  errors " + errorKinds + "\n  of " + GrammarCoverage.all().size()
                + " alternatives and tokens in the grammar's rules "
                + grammar.missing().size() + " not reached; "
                + calls + " calls that differ in function, number of arguments or OVER, "
                + reached.stream()
                        .filter(feature -> feature.startsWith("pragma "))
                        .count() + " pragmas, "
                + reached.stream()
                        .filter(feature -> feature.startsWith("conflict "))
                        .count()
                + " positions of conflict clauses";
    }
}
