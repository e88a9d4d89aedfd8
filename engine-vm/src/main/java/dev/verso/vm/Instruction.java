package dev.verso.vm;

/** One instruction of a program: operands as final fields, and what it does. Shared by all runs, so it holds no state of one. */
abstract class Instruction {
    /** Result of {@link #run}: a row is ready; the machine's {@code resumeAt} says where to go on. */
    static final int ROW = -1;
    /** Result of {@link #run}: the program has ended. */
    static final int DONE = -2;
    /** Result of {@link #run}: another frame is current; the machine's {@code resumeAt} says where in it. */
    static final int FRAME = -3;

    final int p1;
    final int p2;
    final int p3;
    /** Address of the instruction after this one. */
    final int next;

    Instruction(int address, Operation operation) {
        p1 = operation.p1();
        p2 = operation.p2();
        p3 = operation.p3();
        next = address + 1;
    }

    /** Does its work and returns the address of the instruction to run then, or one of the results above. */
    abstract int run(Machine m);
}
