/** The planner: which index, which join order, and the loops that come of it. Begin with {@link dev.verso.sql.plan.WhereLoops}. */
package dev.verso.sql.plan;
