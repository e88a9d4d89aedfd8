/** What survives crashes, and what several processes may do to one file. Begin with {@link dev.verso.compat.durability.Ledger}. */
package dev.verso.compat.durability;
