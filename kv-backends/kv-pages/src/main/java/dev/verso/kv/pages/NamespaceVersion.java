package dev.verso.kv.pages;

import java.time.Instant;

/**
 * One commit of a namespace.
 *
 * @param version its number, as after the {@code @} of a URL
 * @param time when it was made, by the committing machine's clock, in microseconds; never before the version it was based on
 * @param changedPages how many pages it changed
 * @param rowChanges the rows that it changed, {@link dev.verso.pager.CommitSet#rowChanges}; null if they are not known
 */
public record NamespaceVersion(long version, Instant time, int changedPages, byte[] rowChanges) {}
