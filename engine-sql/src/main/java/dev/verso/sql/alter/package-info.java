/**
 * ALTER TABLE. Stored definitions are texts, and are changed as texts: names are found by resolving a definition with a listener, the new texts are tried
 * in a {@link dev.verso.sql.schema.SchemaDraft} before anything is written. Begin with {@link dev.verso.sql.alter.AlterTableCompiler}.
 */
package dev.verso.sql.alter;
