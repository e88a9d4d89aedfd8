/** ANALYZE, the tables that it writes, and the plans that are made from them, beside the real SQLite's. */
package dev.verso.compat.statistics;
