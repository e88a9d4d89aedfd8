/**
 * JDBC over the engine: {@code java.sql} on the URLs of {@link dev.verso.jdbc.DatabaseUrl}. Getters of the current row are hot: they decode straight
 * from the page. Begin with {@link dev.verso.jdbc.VersoDriver}.
 */
package dev.verso.jdbc;
