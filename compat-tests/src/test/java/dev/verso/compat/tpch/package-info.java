/** The 22 queries of TPC-H on data of our own making, here and in the real SQLite. */
package dev.verso.compat.tpch;
