package dev.verso.pager.memory;

/** Placeholder until the pager is written. */
final class MemoryStore {}
