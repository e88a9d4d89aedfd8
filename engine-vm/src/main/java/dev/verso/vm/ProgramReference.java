package dev.verso.vm;

/** P4 of {@code Program} for a subprogram that is not yet built: one that, directly or not, calls itself. */
public final class ProgramReference {
    private Program program;

    public ProgramReference() {}

    /** The program, once it is built. */
    public void program(Program built) {
        program = built;
    }

    Program program() {
        return program;
    }
}
