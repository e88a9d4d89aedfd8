/** Window functions against the real SQLite. Begin with {@link dev.verso.compat.windows.WindowDifferentialTest}. */
package dev.verso.compat.windows;
