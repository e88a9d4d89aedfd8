/**
 * The file store: an ordinary {@code .sqlite} file with a rollback journal and SQLite's locks, shared safely with other processes. Begin
 * with {@link dev.verso.pager.file.FileStore}, then {@code FileSession} (a transaction's steps), {@code FileLocks} (who may do what when)
 * and {@code JournalFormat} (the journal's bytes).
 */
package dev.verso.pager.file;
