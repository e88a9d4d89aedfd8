package dev.verso.vm;

/** A finished program: immutable, shared by runs of its statement. */
public final class Program {
    Program() {}
}
