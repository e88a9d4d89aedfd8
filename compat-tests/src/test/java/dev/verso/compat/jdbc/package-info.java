/** The driver beside sqlite-jdbc: what one method answers, the other does too, but for what is named with its reason. */
package dev.verso.compat.jdbc;
