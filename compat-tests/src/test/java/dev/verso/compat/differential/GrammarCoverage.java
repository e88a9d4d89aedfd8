package dev.verso.compat.differential;

import dev.verso.grammar.SQLiteParser;
import dev.verso.parser.TokensForGrammar;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserInterpreter;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.atn.AtomTransition;
import org.antlr.v4.runtime.atn.DecisionState;
import org.antlr.v4.runtime.atn.NotSetTransition;
import org.antlr.v4.runtime.atn.ParserATNSimulator;
import org.antlr.v4.runtime.atn.PredictionContextCache;
import org.antlr.v4.runtime.atn.SetTransition;
import org.antlr.v4.runtime.atn.Transition;
import org.antlr.v4.runtime.dfa.DFA;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.antlr.v4.runtime.tree.ParseTree;

/**
 * Which alternatives of the reference grammar the statements have reached: of each decision (a rule's alternatives, an optional part there or not, a loop
 * gone on or left) which ways were taken, and in each rule which tokens were read.
 */
final class GrammarCoverage {
    /** Rules that no statement can reach: the way in for a lone expression. */
    private static final Set<String> NO_PART_OF_STATEMENTS = Set.of("wholeExpression");

    private static final String[][] WAYS = ways();

    /** A text without a statement: drivers do not take it. */
    private static final String NO_STATEMENT = "nextStatement 1/2 (end)";

    /** What readers have learnt, for all of them. */
    private static final DFA[] DECISIONS = decisions();

    private static final PredictionContextCache CONTEXTS = new PredictionContextCache();

    private final Set<String> reached = new HashSet<>();
    private final Reader reader = new Reader();

    /** Parses the statement and notes what it reached; hands its functions, pragmas and conflict clauses on. Nothing if it is no SQL. */
    void add(String sql, Consumer<String> features) {
        reader.path.clear();
        ParserRuleContext tree;
        try {
            // the interpreter does not find an end of the text where a semicolon could stand as well
            reader.setTokenStream(new CommonTokenStream(TokensForGrammar.of(sql + "\n;")));
            reader.predicates.setTokenStream(reader.getTokenStream());
            tree = reader.parse(SQLiteParser.RULE_nextStatement);
        } catch (ParseCancellationException e) {
            return;
        }
        reached.addAll(reader.path);
        features(tree, features);
    }

    void add(GrammarCoverage other) {
        reached.addAll(other.reached);
    }

    /** All that there is to reach, named. */
    static Set<String> all() {
        Set<String> all = new TreeSet<>();
        ATN atn = SQLiteParser._ATN;
        for (DecisionState decision : atn.decisionToState) {
            if (isReachable(decision)) {
                for (int alternative = 1; alternative <= decision.getNumberOfTransitions(); alternative++) {
                    all.add(way(decision, alternative));
                }
            }
        }
        for (ATNState state : atn.states) {
            for (Transition transition : state.getTransitions()) {
                boolean isToken = transition instanceof AtomTransition
                        || transition instanceof SetTransition && !(transition instanceof NotSetTransition);
                if (isToken && isReachable(state)) {
                    for (int token : transition.label().toList()) {
                        if (token != Token.EOF) {
                            all.add(token(state.ruleIndex, token));
                        }
                    }
                }
            }
        }
        return all;
    }

    private static boolean isReachable(ATNState state) {
        return !NO_PART_OF_STATEMENTS.contains(SQLiteParser.ruleNames[state.ruleIndex]);
    }

    /** What was not reached. */
    Set<String> missing() {
        Set<String> missing = all();
        missing.removeAll(reached);
        missing.remove(NO_STATEMENT);
        return missing;
    }

    private static DFA[] decisions() {
        ATN atn = SQLiteParser._ATN;
        DFA[] decisions = new DFA[atn.getNumberOfDecisions()];
        for (int i = 0; i < decisions.length; i++) {
            decisions[i] = new DFA(atn.getDecisionState(i), i);
        }
        return decisions;
    }

    private static String[][] ways() {
        List<DecisionState> decisions = SQLiteParser._ATN.decisionToState;
        String[][] ways = new String[decisions.size()][];
        for (DecisionState decision : decisions) {
            ways[decision.decision] = new String[decision.getNumberOfTransitions() + 1];
            for (int alternative = 1; alternative <= decision.getNumberOfTransitions(); alternative++) {
                ways[decision.decision][alternative] = way(decision, alternative);
            }
        }
        return ways;
    }

    private static String way(DecisionState decision, int alternative) {
        ATN atn = SQLiteParser._ATN;
        List<Integer> first =
                atn.nextTokens(decision.transition(alternative - 1).target).toList();
        String shown = first.stream()
                .limit(4)
                .map(token -> token < 0 ? "end" : SQLiteParser.VOCABULARY.getDisplayName(token))
                .reduce((a, b) -> a + " " + b)
                .orElse("end");
        return SQLiteParser.ruleNames[decision.ruleIndex] + " " + decision.decision + "/" + alternative + " (" + shown
                + (first.size() > 4 ? " …" : "") + ")";
    }

    private static String token(int rule, int token) {
        return SQLiteParser.ruleNames[rule] + " " + SQLiteParser.VOCABULARY.getDisplayName(token);
    }

    // ---- functions, pragmas, conflict clauses

    private static void features(ParseTree tree, Consumer<String> features) {
        if (!(tree instanceof ParserRuleContext context)) {
            return;
        }
        switch (context.getRuleIndex()) {
            case SQLiteParser.RULE_functionCall -> features.accept(call(context));
            case SQLiteParser.RULE_pragma -> features.accept("pragma " + lastName(context.getChild(1)));
            case SQLiteParser.RULE_source -> {
                if (context.getChild(0) instanceof ParserRuleContext name
                        && name.getRuleIndex() == SQLiteParser.RULE_qualifiedName) {
                    features.accept("source " + lastName(name));
                }
            }
            case SQLiteParser.RULE_resolution -> features.accept("conflict " + position(context));
            case SQLiteParser.RULE_literal -> {
                if (context.getText().toUpperCase(java.util.Locale.ROOT).startsWith("CURRENT_")) {
                    features.accept("function " + context.getText().toLowerCase(java.util.Locale.ROOT) + " 0");
                }
            }
            case SQLiteParser.RULE_concatExpr -> {
                for (int i = 1; i < context.getChildCount(); i += 2) {
                    if (!context.getChild(i).getText().equals("||")) {
                        features.accept("function " + context.getChild(i).getText() + " 2");
                    }
                }
            }
            default -> {}
        }
        for (int i = 0; i < context.getChildCount(); i++) {
            features(context.getChild(i), features);
        }
    }

    /** {@code function NAME COUNT}, {@code window NAME COUNT} if it has OVER. */
    private static String call(ParserRuleContext call) {
        int arguments = 0;
        boolean over = false;
        for (ParseTree child : call.children) {
            if (child instanceof ParserRuleContext part && part.getRuleIndex() == SQLiteParser.RULE_exprList) {
                arguments = (part.getChildCount() + 1) / 2;
            }
            over |= child.getText().equalsIgnoreCase("OVER");
        }
        String name = unquoted(call.getChild(0).getText());
        return (over ? "window " : "function ") + name + " " + arguments;
    }

    private static String lastName(ParseTree qualifiedName) {
        return unquoted(
                qualifiedName.getChild(qualifiedName.getChildCount() - 1).getText());
    }

    private static String unquoted(String name) {
        return name.replaceAll("[\"'`\\[\\]]", "").toLowerCase(java.util.Locale.ROOT);
    }

    /** Where a conflict clause stands: the rule, its first words, the resolution. */
    private static String position(ParserRuleContext resolution) {
        RuleContext around = resolution.getParent().getParent();
        String rule = SQLiteParser.ruleNames[around.getRuleIndex()];
        String word = around.getChild(0).getText().toUpperCase(java.util.Locale.ROOT);
        return (rule.equals("columnRule") || rule.equals("tableRule") || rule.equals("alteration")
                        ? rule + " " + word
                        : rule)
                + " " + resolution.getText().toUpperCase(java.util.Locale.ROOT);
    }

    /** All positions of conflict clauses. */
    static List<String> conflictPositions() {
        return Arrays.stream(new String[] {
                    "insert",
                    "update",
                    "triggerInsert",
                    "triggerUpdate",
                    "columnRule NULL",
                    "columnRule NOT",
                    "columnRule PRIMARY",
                    "columnRule UNIQUE",
                    "tableRule PRIMARY",
                    "tableRule UNIQUE",
                    "tableRule CHECK",
                    "alteration ADD",
                    "alteration ALTER"
                })
                .flatMap(position -> List.of("ROLLBACK", "ABORT", "FAIL", "IGNORE", "REPLACE").stream()
                        .map(resolution -> "conflict " + position + " " + resolution))
                .toList();
    }

    /** Reads the grammar's states one by one, so that every decision passes by. Predicates are the generated parser's. */
    private static final class Reader extends ParserInterpreter {
        final Set<String> path = new HashSet<>();
        final SQLiteParser predicates = new SQLiteParser(new CommonTokenStream(TokensForGrammar.of("")));

        Reader() {
            super(
                    "SQLiteParser.g4",
                    SQLiteParser.VOCABULARY,
                    Arrays.asList(SQLiteParser.ruleNames),
                    SQLiteParser._ATN,
                    new CommonTokenStream(TokensForGrammar.of("")));
            setInterpreter(new ParserATNSimulator(this, SQLiteParser._ATN, DECISIONS, CONTEXTS));
            setErrorHandler(new BailErrorStrategy());
            removeErrorListeners();
        }

        @Override
        protected int visitDecisionState(DecisionState decision) {
            int alternative = super.visitDecisionState(decision);
            if (decision.decision >= 0) {
                path.add(WAYS[decision.decision][alternative]);
            }
            return alternative;
        }

        @Override
        public Token consume() {
            Token token = getCurrentToken();
            if (token.getType() != Token.EOF) {
                path.add(token(_ctx.getRuleIndex(), token.getType()));
            }
            return super.consume();
        }

        @Override
        public boolean sempred(RuleContext context, int rule, int predicate) {
            return predicates.sempred(null, rule, predicate);
        }

        @Override
        protected void recover(RecognitionException e) {
            throw new ParseCancellationException(e);
        }
    }
}
