/** Generated statements, run here and in the real SQLite. Begin with {@link dev.verso.compat.differential.DifferentialTest}. */
package dev.verso.compat.differential;
