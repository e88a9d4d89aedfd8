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
        check(List.of("select1.test", "select2.test", "select3.test", "select4.test", "select5.test"));
    }

    @Test
    void theEvidenceScriptsPass() throws IOException {
        check(Corpus.under("evidence/"));
    }

    @Test
    void aSampleOfTheRandomAndIndexScriptsPasses() throws IOException {
        long seed = Long.getLong("verso.seed", 20260101L);
        System.out.println("seed " + seed
                + ": mvn verify -pl compat-tests -am -Dtest=SqlLogicTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dtest.jvm.args=-Dverso.seed=" + seed);
        List<String> names = new ArrayList<>(Corpus.under("random/", "index/"));
        Collections.shuffle(names, new Random(seed));
        check(names.subList(0, 40));
    }

    @Test
    @EnabledIfSystemProperty(named = "verso.full", matches = "true")
    void theWholeCorpusPasses() throws IOException {
        check(Corpus.all());
    }

    private static void check(List<String> names) throws IOException {
        Set<String> known = knownFailures();
        ScriptRunner runner = new ScriptRunner();
        List<String> problems = new ArrayList<>();
        Set<String> failing = new TreeSet<>();
        int records = 0;
        long start = System.nanoTime();
        for (String name : names) {
            ScriptRunner.Outcome outcome = runner.run(Script.read(name));
            records += outcome.passed();
            System.out.printf(
                    "%-48s %7d records %6d ms %s%n",
                    name, outcome.passed(), outcome.millis(), outcome.isGreen() ? "" : "FAILS");
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
                "%d scripts, %d records passed in %d s; failing yet: %s%n",
                names.size(), records, (System.nanoTime() - start) / 1_000_000_000, failing);
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
