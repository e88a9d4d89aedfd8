package dev.verso.sql.bound;

/** A result column. @param name as the driver shows it @param alias true if the name was written with AS */
public record BoundColumn(BoundExpr expr, String name, boolean alias) {}
