package dev.verso.vm;

/**
 * Assembles a program. Addresses of instructions that are not yet written are labels: negative numbers from {@link #newLabel}, accepted
 * wherever a jump target (usually P2) is.
 */
public final class ProgramBuilder {
    public ProgramBuilder() {}

    /** Appends an instruction; {@code p4} is null, Integer, Long, Double, String, byte[], int[], KeyInfo, Collation, FunctionCall, Value or Program. @return its address */
    public int add(Opcode opcode, int p1, int p2, int p3, Object p4, int p5) {
        throw new UnsupportedOperationException();
    }

    public int add(Opcode opcode, int p1, int p2, int p3) {
        return add(opcode, p1, p2, p3, null, 0);
    }

    public int add(Opcode opcode, int p1, int p2) {
        return add(opcode, p1, p2, 0, null, 0);
    }

    public int add(Opcode opcode, int p1) {
        return add(opcode, p1, 0, 0, null, 0);
    }

    public int add(Opcode opcode) {
        return add(opcode, 0, 0, 0, null, 0);
    }

    /** Address of the next instruction to be added. */
    public int address() {
        throw new UnsupportedOperationException();
    }

    public int newLabel() {
        throw new UnsupportedOperationException();
    }

    /** The label stands for {@link #address} from now on. */
    public void place(int label) {
        throw new UnsupportedOperationException();
    }

    public void changeP1(int address, int value) {
        throw new UnsupportedOperationException();
    }

    public void changeP2(int address, int value) {
        throw new UnsupportedOperationException();
    }

    public void changeP3(int address, int value) {
        throw new UnsupportedOperationException();
    }

    public void changeP4(int address, Object value) {
        throw new UnsupportedOperationException();
    }

    public void changeP5(int address, int value) {
        throw new UnsupportedOperationException();
    }

    public void changeOpcode(int address, Opcode opcode) {
        throw new UnsupportedOperationException();
    }

    public Opcode opcode(int address) {
        throw new UnsupportedOperationException();
    }

    public int p1(int address) {
        throw new UnsupportedOperationException();
    }

    public int p2(int address) {
        throw new UnsupportedOperationException();
    }

    public int p3(int address) {
        throw new UnsupportedOperationException();
    }

    /** P2 of the instruction at {@code address} jumps to the next instruction. */
    public void jumpHere(int address) {
        changeP2(address, address());
    }

    /** A comment shown by EXPLAIN for the newest instruction. */
    public void comment(String text) {
        throw new UnsupportedOperationException();
    }

    /** Reserves {@code count} registers in a row and returns the first; registers count from 1. */
    public int newRegisters(int count) {
        throw new UnsupportedOperationException();
    }

    public int newRegister() {
        return newRegisters(1);
    }

    /** Reserves a cursor number, from 0. */
    public int newCursor() {
        throw new UnsupportedOperationException();
    }

    /** Resolves labels and turns the instructions into objects. */
    public Program build() {
        throw new UnsupportedOperationException();
    }
}
