/** Code for queries: subqueries, aggregation, sorting, compounds. */
package dev.verso.sql.query;
