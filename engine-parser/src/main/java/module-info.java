/** SQL text to AST and back. */
module dev.verso.parser {
    exports dev.verso.parser;
    exports dev.verso.parser.ast;
}
