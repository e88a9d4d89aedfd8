package dev.verso.pager;

/**
 * What a transaction has read in a database where it changes nothing, while it changes others of the same domain.
 *
 * @param session of that database, with its snapshot open
 * @param reads what was read; nothing is to be written
 */
public record TiedRead(StoreSession session, CommitSet reads) {}
