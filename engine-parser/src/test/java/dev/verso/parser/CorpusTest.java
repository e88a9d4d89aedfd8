package dev.verso.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Replay all scripts with {@code mvn test -pl engine-parser -am -Dtest=CorpusTest -Dverso.full=true}. */
class CorpusTest {
    private static final long SEED = 20_260_401;

    @Test
    void everyStatementOfTheCorpusSurvivesParsingAndPrinting() {
        AtomicInteger statements = new AtomicInteger();
        int limit = Corpus.FULL ? Integer.MAX_VALUE : 300;
        for (String script : Corpus.scripts(60, SEED)) {
            Corpus.forEachStatement(script, limit, sql -> {
                RoundTrip.check(sql);
                statements.incrementAndGet();
            });
        }
        System.out.println("corpus statements parsed and printed: " + statements + " (seed " + SEED + ")");
        assertThat(statements.get()).isGreaterThan(5_000);
    }
}
