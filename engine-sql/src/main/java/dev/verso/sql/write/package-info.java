/** Code for INSERT, UPDATE and DELETE, with constraints, foreign keys and RETURNING. */
package dev.verso.sql.write;
