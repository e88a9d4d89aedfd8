/**
 * Many connections to a versioned store at once, and proof that what they were told fits together. Begin with {@link
 * dev.verso.compat.simulation.ListAppendChecker}.
 */
package dev.verso.compat.simulation;
