/**
 * What a user's Java code can add to a connection besides virtual tables: functions, collations, listeners, an authorizer. Registered through {@link
 * dev.verso.sql.Connection}, which a JDBC connection's {@code unwrap} gives. Everything here is called by the thread that uses the connection, and must
 * not use the connection unless it says so.
 */
package dev.verso.sql.extend;
