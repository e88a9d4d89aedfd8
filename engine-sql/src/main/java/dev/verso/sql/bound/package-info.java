/** Statements after name resolution: every name is a column of a source, every function is found. Begin with {@link dev.verso.sql.bound.BoundExpr} and {@link dev.verso.sql.bound.BoundSelect}. */
package dev.verso.sql.bound;
