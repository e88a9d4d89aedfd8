/**
 * The deterministic simulator of the versioned store: many connections of several processes over one store in memory, on simulated time
 * and a bad network, in runs that a seed decides wholly; and proof that what they were told fits together. Begin with {@link
 * dev.verso.compat.simulation.Scheduler}, then {@link dev.verso.compat.simulation.SimulatedKvStore}; {@link
 * dev.verso.compat.simulation.ListAppendChecker} judges histories.
 */
package dev.verso.compat.simulation;
