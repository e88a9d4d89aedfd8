/** The one family of exceptions of every layer from the pager up, each with SQLite's result code. Begin with {@link dev.verso.error.DatabaseException}. */
package dev.verso.error;
