package dev.verso.vm;

/** P4 of {@code VCheck}. */
public record VirtualCheck(ConnectedTable table, String schema) {}
