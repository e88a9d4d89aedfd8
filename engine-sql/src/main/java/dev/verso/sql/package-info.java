/** The engine as drivers see it. Begin with {@link dev.verso.sql.Connection}. */
package dev.verso.sql;
