/** The file store: an ordinary {@code .sqlite} file with a rollback journal and SQLite's locks. */
package dev.verso.pager.file;
