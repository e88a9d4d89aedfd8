/** SQL text to AST, AST to SQL text, and SQLite's syntax messages. Begin with {@link dev.verso.parser.SqlParser}. */
package dev.verso.parser;
