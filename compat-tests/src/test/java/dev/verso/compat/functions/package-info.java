/** Families of SQL functions against the real SQLite, with random arguments. */
package dev.verso.compat.functions;
