package dev.verso.vm;

import java.util.Arrays;

/**
 * Assembles a program. Addresses of instructions that are not yet written are labels: negative numbers from {@link #newLabel}, accepted
 * wherever a jump target (usually P2) is.
 */
public final class ProgramBuilder {
    private static final int UNPLACED = -1;

    private Opcode[] opcodes = new Opcode[32];
    private int[] operands = new int[32 * 4]; // p1, p2, p3, p5 of each instruction
    private Object[] p4s = new Object[32];
    private String[] comments = new String[32];
    private int count;
    private int[] labels = new int[16];
    private int labelCount;
    private int registerCount;
    private int cursorCount;
    private int parameterCount;
    private boolean writesSeveralRows;
    private boolean mayAbort;
    private boolean countsChanges;
    private Object token;

    public ProgramBuilder() {}

    /** Appends an instruction; {@code p4} is null, Integer, Long, Double, String, byte[], int[], KeyInfo, Collation, FunctionCall, Value, Program, ProgramReference, RowSource or StrictTypes. @return its address */
    public int add(Opcode opcode, int p1, int p2, int p3, Object p4, int p5) {
        if (count == opcodes.length) {
            opcodes = Arrays.copyOf(opcodes, count * 2);
            operands = Arrays.copyOf(operands, count * 8);
            p4s = Arrays.copyOf(p4s, count * 2);
            comments = Arrays.copyOf(comments, count * 2);
        }
        opcodes[count] = opcode;
        operands[4 * count] = p1;
        operands[4 * count + 1] = p2;
        operands[4 * count + 2] = p3;
        operands[4 * count + 3] = p5;
        p4s[count] = p4;
        comments[count] = null;
        return count++;
    }

    /** Says that cursors opened by instructions from that address on read for a constraint. */
    public void readForConstraint(int fromAddress) {
        for (int address = fromAddress; address < count; address++) {
            if (opcodes[address] == Opcode.OpenRead || opcodes[address] == Opcode.OpenWrite) {
                operands[4 * address + 3] |= Flags.FOR_CONSTRAINT;
            }
        }
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
        return count;
    }

    public int newLabel() {
        if (labelCount == labels.length) {
            labels = Arrays.copyOf(labels, labelCount * 2);
        }
        labels[labelCount++] = UNPLACED;
        return -labelCount;
    }

    /** The label stands for {@link #address} from now on. */
    public void place(int label) {
        assert label < 0 && -label <= labelCount : "no label: " + label;
        assert labels[-label - 1] == UNPLACED : "label " + label + " is placed twice";
        labels[-label - 1] = count;
    }

    /** The address that a placed label stands for; other addresses as they are. */
    public int resolve(int addressOrLabel) {
        if (addressOrLabel >= 0) {
            return addressOrLabel;
        }
        if (-addressOrLabel > labelCount || labels[-addressOrLabel - 1] == UNPLACED) {
            throw new IllegalStateException("label " + addressOrLabel + " was never placed");
        }
        return labels[-addressOrLabel - 1];
    }

    public void changeP1(int address, int value) {
        operands[4 * checked(address)] = value;
    }

    public void changeP2(int address, int value) {
        operands[4 * checked(address) + 1] = value;
    }

    public void changeP3(int address, int value) {
        operands[4 * checked(address) + 2] = value;
    }

    public void changeP4(int address, Object value) {
        p4s[checked(address)] = value;
    }

    public void changeP5(int address, int value) {
        operands[4 * checked(address) + 3] = value;
    }

    public void changeOpcode(int address, Opcode opcode) {
        opcodes[checked(address)] = opcode;
    }

    public Opcode opcode(int address) {
        return opcodes[checked(address)];
    }

    public int p1(int address) {
        return operands[4 * checked(address)];
    }

    public int p2(int address) {
        return operands[4 * checked(address) + 1];
    }

    public int p3(int address) {
        return operands[4 * checked(address) + 2];
    }

    public Object p4(int address) {
        return p4s[checked(address)];
    }

    public int p5(int address) {
        return operands[4 * checked(address) + 3];
    }

    private int checked(int address) {
        assert address >= 0 && address < count : "address " + address + " of " + count;
        return address;
    }

    /** P2 of the instruction at {@code address} jumps to the next instruction. */
    public void jumpHere(int address) {
        changeP2(address, address());
    }

    /** A comment shown by EXPLAIN for the newest instruction. */
    public void comment(String text) {
        if (count > 0) {
            comments[count - 1] = text;
        }
    }

    /** Reserves {@code count} registers in a row and returns the first; registers count from 1. */
    public int newRegisters(int registers) {
        int first = registerCount + 1;
        registerCount += registers;
        return first;
    }

    public int newRegister() {
        return newRegisters(1);
    }

    /** Number of registers reserved so far. */
    public int registerCount() {
        return registerCount;
    }

    /** Reserves a cursor number, from 0. */
    public int newCursor() {
        return cursorCount++;
    }

    /** The statement has parameters 1 to {@code number}, even if no {@code Variable} reads the last ones. */
    public void parameterCount(int number) {
        parameterCount = Math.max(parameterCount, number);
    }

    /**
     * The statement may change more than one row (or row and index entry) before it fails: if it also may fail by ABORT, which the builder
     * sees from most instructions itself, it needs a savepoint.
     */
    public void multiWrite() {
        writesSeveralRows = true;
    }

    /** True if {@link #multiWrite} was called. */
    public boolean writesSeveralRows() {
        return writesSeveralRows;
    }

    /** The statement may end by ABORT after it has changed something, by other ways than its instructions show. */
    public void mayAbort() {
        mayAbort = true;
    }

    /** The end of the statement sets {@code changes()}, even if no instruction counts one: for every INSERT, UPDATE and DELETE. */
    public void countChanges() {
        countsChanges = true;
    }

    /** What a subprogram is known by when the machine looks whether it runs already: the trigger it was made from. */
    public void token(Object identity) {
        token = identity;
    }

    /** Resolves labels and turns the instructions into objects. */
    public Program build() {
        Operation[] operations = new Operation[count];
        for (int i = 0; i < count; i++) {
            Opcode opcode = opcodes[i];
            int p1 = operands[4 * i];
            int p2 = operands[4 * i + 1];
            int p3 = operands[4 * i + 2];
            operations[i] = new Operation(
                    opcode,
                    opcode.p1IsAddress() ? resolve(p1) : p1,
                    opcode.p2IsAddress() ? resolve(p2) : p2,
                    opcode.p3IsAddress() ? resolve(p3) : p3,
                    p4s[i],
                    operands[4 * i + 3],
                    comments[i]);
        }
        return new Program(
                operations,
                registerCount,
                cursorCount,
                parameterCount,
                writesSeveralRows,
                mayAbort,
                countsChanges,
                token);
    }
}
