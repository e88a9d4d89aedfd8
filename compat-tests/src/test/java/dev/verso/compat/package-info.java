/** The product against the real SQLite. */
package dev.verso.compat;
