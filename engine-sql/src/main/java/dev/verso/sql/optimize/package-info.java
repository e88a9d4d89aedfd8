/**
 * Rewriting of resolved queries into equal ones that plan better, before code is generated: subqueries dissolve into the queries around them,
 * conditions move to where rows are made, outer joins that are none become inner ones or go. Begin with {@link dev.verso.sql.optimize.Optimizer}.
 */
package dev.verso.sql.optimize;
