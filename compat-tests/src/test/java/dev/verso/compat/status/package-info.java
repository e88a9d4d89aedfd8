/** The table in docs/status.md of what SQLite has and what Verso has. */
package dev.verso.compat.status;
