package dev.verso.vm;

/**
 * P4 of {@code VUpdate}.
 *
 * @param isWithoutRowid rows have a primary key instead of a rowid
 * @param unchanged columns that an UPDATE does not assign; null for an INSERT or DELETE
 */
public record VirtualWrite(ConnectedTable table, boolean isWithoutRowid, boolean[] unchanged) {}
