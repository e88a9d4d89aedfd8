package dev.verso.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.grammar.SQLiteParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The grammar and the parser written by hand are one dialect: the same texts, the same trees. */
class GrammarTest {
    private static final long SEED = Long.getLong("verso.seed", 7);

    static Iterable<String> samples() {
        return SampleStatements.all();
    }

    @Test
    void kindsOfTokenHaveTheSameNumbersInBoth() {
        for (int kind = TokenKind.ADD; kind < TokenKind.COUNT; kind++) {
            String word = Keywords.word(kind);
            if (word != null) {
                assertThat(SQLiteParser.VOCABULARY.getSymbolicName(kind)).isEqualTo(word);
            }
        }
        assertThat(SQLiteParser.SEMICOLON).isEqualTo(TokenKind.SEMICOLON);
        assertThat(SQLiteParser.VARIABLE).isEqualTo(TokenKind.VARIABLE);
        assertThat(SQLiteParser.IDENTIFIER).isEqualTo(TokenKind.IDENTIFIER);
        assertThat(SQLiteParser.WITHOUT).isEqualTo(TokenKind.WITHOUT);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyClauseGivesTheSameTree(String sql) {
        assertThat(GrammarParser.parseNext(sql)).isEqualTo(withoutNesting(SqlParser.parseNext(sql, 0)));
    }

    @Test
    void theCorpusGivesTheSameTrees() {
        AtomicInteger statements = new AtomicInteger();
        for (String script : Corpus.scripts(40, SEED)) {
            Corpus.forEachStatement(script, Corpus.FULL ? 2_000 : 50, sql -> {
                assertThat(GrammarParser.parseNext(sql)).as(sql).isEqualTo(withoutNesting(SqlParser.parseNext(sql, 0)));
                statements.incrementAndGet();
            });
        }
        System.out.println("corpus statements with equal trees: " + statements + " (seed " + SEED + ")");
        assertThat(statements.get()).isGreaterThan(1_000);
    }

    @Test
    void bothRefuseTheSameMutatedStatements() {
        System.out.println("mutations of seed " + SEED + "; replay with -Dverso.seed=" + SEED);
        Random random = new Random(SEED);
        Mutator mutator = new Mutator(random);
        List<String> seeds = SampleStatements.all();
        List<String> differences = new ArrayList<>();
        int wanted = Corpus.FULL ? 200_000 : 4_000;
        for (int i = 0; i < wanted; i++) {
            String sql = mutator.mutate(seeds.get(random.nextInt(seeds.size())));
            SqlParser.Parsed parsed = null;
            boolean isSyntax = false;
            try {
                parsed = SqlParser.parseNext(sql, 0);
            } catch (SqlSyntaxException e) {
                String message = e.getMessage();
                isSyntax = message.equals("incomplete input")
                        || (message.endsWith("syntax error") && !message.startsWith("near \"#"));
                if (!isSyntax) {
                    // A judgement of SQLite's that no grammar can make.
                    continue;
                }
            }
            try {
                SqlParser.Parsed other = GrammarParser.parseNext(sql);
                if (isSyntax || !other.equals(withoutNesting(parsed))) {
                    differences.add(sql + "\n  by hand: " + parsed + "\n  grammar: " + other);
                }
            } catch (ParseCancellationException e) {
                if (!isSyntax) {
                    differences.add(sql + "\n  by hand: " + parsed + "\n  grammar refuses it");
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void expressionsGiveTheSameTree() {
        for (String sql : List.of("a + b * c", "NOT a = b AND c BETWEEN 1 AND 2 OR d", "2 * NOT a = b")) {
            assertThat(GrammarParser.parseExpression(sql)).isEqualTo(SqlParser.parseExpression(sql));
        }
        assertThatThrownBy(() -> GrammarParser.parseExpression("a b")).isInstanceOf(ParseCancellationException.class);
    }

    /** How deep a tree is in levels of the parser is for the parser written by hand to tell. */
    private static SqlParser.Parsed withoutNesting(SqlParser.Parsed parsed) {
        return new SqlParser.Parsed(parsed.statement(), parsed.start(), parsed.end(), parsed.parameters(), 0);
    }
}
