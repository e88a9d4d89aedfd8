/** Versioned stores through SQL. */
package dev.verso.compat.versions;
