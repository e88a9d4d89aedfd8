/** SQLite's SQL as an ANTLR grammar, and nothing else. */
module dev.verso.grammar {
    requires transitive org.antlr.antlr4.runtime;

    exports dev.verso.grammar;
}
