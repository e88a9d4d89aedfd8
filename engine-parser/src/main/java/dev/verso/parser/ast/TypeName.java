package dev.verso.parser.ast;

/** A declared type, like {@code VARCHAR(10)}. @param text the words and the parenthesised numbers as SQLite keeps them: as written */
public record TypeName(Span span, String text) {}
