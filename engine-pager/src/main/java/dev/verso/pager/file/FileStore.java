package dev.verso.pager.file;

/** Placeholder until the pager is written. */
final class FileStore {}
