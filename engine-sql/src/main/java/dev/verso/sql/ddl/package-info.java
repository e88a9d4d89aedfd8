/** Statements that change the schema. */
package dev.verso.sql.ddl;
