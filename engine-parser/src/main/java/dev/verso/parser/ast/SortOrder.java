package dev.verso.parser.ast;

/** ASC or DESC. */
public enum SortOrder {
    ASC,
    DESC
}
