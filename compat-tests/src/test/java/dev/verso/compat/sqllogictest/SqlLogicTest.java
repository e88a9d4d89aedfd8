package dev.verso.compat.sqllogictest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Scripts of the corpus pass, except those listed in {@code known-failures.txt}; one that begins to pass must leave the list. */
class SqlLogicTest {
    @Test
    void theSelectScriptsPass() throws IOException {
        check(List.of("select1.test", "select2.test", "select3.test", "select4.test", "select5.test"), false);
    }

    @Test
    void theEvidenceScriptsPass() throws IOException {
        check(Corpus.under("evidence/"), false);
    }

    @Test
    void aSampleOfTheRandomAndIndexScriptsPasses() throws IOException {
        long seed = Long.getLong("verso.seed", 20260101L);
        System.out.println("seed " + seed
                + ": mvn verify -pl compat-tests -am -Dtest=SqlLogicTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dtest.jvm.args=-Dverso.seed=" + seed);
        List<String> names = new ArrayList<>(Corpus.under("random/", "index/"));
        Collections.shuffle(names, new Random(seed));
        check(names.subList(0, 40), false);
    }

    @Test
    @EnabledIfSystemProperty(named = "verso.full", matches = "true")
    void theWholeCorpusPasses() throws IOException {
        check(Corpus.all(), true);
    }

    /** @param timed the real SQLite runs each script, too, and its time is printed beside Verso's */
    private static void check(List<String> names, boolean timed) throws IOException {
        Set<String> known = knownFailures();
        ScriptRunner runner = new ScriptRunner();
        List<String> problems = new ArrayList<>();
        Set<String> failing = new TreeSet<>();
        int records = 0;
        long ours = 0;
        long theirs = 0;
        for (String name : names) {
            Script script = Script.read(name);
            ScriptRunner.Outcome outcome = runner.run(script);
            records += outcome.passed();
            ours += outcome.millis();
            long sqlite = timed ? runner.timeSqlite(script) : 0;
            theirs += sqlite;
            System.out.printf(
                    "%-48s %7d records %6d ms%s%s%n",
                    name,
                    outcome.passed(),
                    outcome.millis(),
                    timed ? String.format(", SQLite %6d ms", sqlite) : "",
                    outcome.isGreen() ? "" : " FAILS");
            if (!outcome.isGreen()) {
                failing.add(name);
                if (!known.contains(name)) {
                    problems.addAll(outcome.failures());
                }
            } else if (known.contains(name)) {
                problems.add(name + " passes now: take it off known-failures.txt");
            }
        }
        System.out.printf(
                "%d scripts, %d records passed in %.1f s%s; failing yet: %s%n",
                names.size(),
                records,
                ours / 1e3,
                timed ? String.format(", SQLite took %.1f s", theirs / 1e3) : "",
                failing);
        assertThat(problems).isEmpty();
    }

    private static Set<String> knownFailures() throws IOException {
        try (InputStream in = SqlLogicTest.class.getResourceAsStream("known-failures.txt")) {
            if (in == null) {
                throw new IOException("known-failures.txt is missing");
            }
            Set<String> names = new TreeSet<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    names.add(line.strip());
                }
            }
            return names;
        }
    }
}
