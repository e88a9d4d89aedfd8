/**
 * Functions that SQLite itself does not have but its Java driver adds, and the percentile family. What they do on odd arguments was seen there.
 * Begin with {@link dev.verso.vm.function.extra.ExtraFunctions}.
 */
package dev.verso.vm.function.extra;
