/** PRAGMA, as statement and as table-valued function. */
package dev.verso.sql.pragma;
