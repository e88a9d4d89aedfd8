package dev.verso.vm;

import dev.verso.record.Collation;
import dev.verso.record.KeyInfo;
import dev.verso.vm.value.RealText;
import java.util.HexFormat;
import java.util.StringJoiner;

/** A finished program: immutable, shared by runs of its statement. */
public final class Program {
    private final Operation[] operations;
    private final Instruction[] code;
    private final int registerCount;
    private final int cursorCount;
    private final int parameterCount;
    private final boolean needsStatementSavepoint;
    private final boolean countsChanges;
    private final boolean isReader;
    private final boolean isReadOnly;
    private final int onceCount;
    private final int callSiteCount;
    private final int subprogramCount;
    private final int pendingRowCount;
    private final Object token;

    Program(
            Operation[] operations,
            int registerCount,
            int cursorCount,
            int parameterCount,
            boolean writesSeveralRows,
            boolean mayAbort,
            boolean countsChanges,
            Object token) {
        this.operations = operations;
        this.registerCount = registerCount;
        this.cursorCount = cursorCount;
        Assembler assembler = new Assembler(operations);
        code = assembler.assemble();
        onceCount = assembler.onceCount();
        callSiteCount = assembler.callSiteCount();
        subprogramCount = assembler.subprogramCount();
        pendingRowCount = assembler.pendingRowCount();
        this.token = token == null ? this : token;
        int parameters = parameterCount;
        boolean reader = false;
        boolean readOnly = true;
        boolean counts = countsChanges;
        boolean aborts = mayAbort;
        for (Operation operation : operations) {
            switch (operation.opcode()) {
                case Transaction -> {
                    reader = true;
                    readOnly &= operation.p2() == 0;
                }
                case AutoCommit, Savepoint -> reader = true;
                case Variable -> parameters = Math.max(parameters, operation.p1());
                case Insert, IdxInsert -> counts |= (operation.p5() & Flags.COUNT_CHANGE) != 0;
                case Delete -> counts |= (operation.p2() & Flags.COUNT_CHANGE) != 0;
                case VUpdate -> {
                    counts = true;
                    aborts = true;
                }
                case Clear -> counts |= operation.p3() != 0;
                case Halt, HaltIfNull -> aborts |= operation.p1() != 0 && operation.p2() == Flags.ON_CONFLICT_ABORT;
                case MustBeInt -> aborts |= operation.p2() == 0;
                case Function, PureFunc, Program -> aborts = true; // not TypeCheck: SQLite does not count it
                default -> {}
            }
        }
        this.parameterCount = parameters;
        this.countsChanges = counts;
        needsStatementSavepoint = writesSeveralRows && aborts;
        isReader = reader;
        isReadOnly = readOnly;
    }

    Instruction[] code() {
        return code;
    }

    int registerCount() {
        return registerCount;
    }

    int cursorCount() {
        return cursorCount;
    }

    int onceCount() {
        return onceCount;
    }

    int callSiteCount() {
        return callSiteCount;
    }

    int subprogramCount() {
        return subprogramCount;
    }

    int pendingRowCount() {
        return pendingRowCount;
    }

    Object token() {
        return token;
    }

    boolean needsStatementSavepoint() {
        return needsStatementSavepoint;
    }

    /** True if the end of this program sets {@code changes()}. */
    public boolean countsChanges() {
        return countsChanges;
    }

    /** True if the program takes part in transactions. */
    boolean isReader() {
        return isReader;
    }

    /** True if the program cannot change a database. */
    public boolean isReadOnly() {
        return isReadOnly;
    }

    /** Number of parameters that {@link Machine#parameter} accepts. */
    public int parameterCount() {
        return parameterCount;
    }

    /** True if both have the same instructions, whatever constants those hold. */
    public boolean hasSameInstructions(Program other) {
        if (operations.length != other.operations.length) {
            return false;
        }
        for (int i = 0; i < operations.length; i++) {
            Operation mine = operations[i];
            Operation its = other.operations[i];
            if (mine.opcode() != its.opcode()
                    || mine.p1() != its.p1()
                    || mine.p2() != its.p2()
                    || mine.p3() != its.p3()
                    || mine.p5() != its.p5()) {
                return false;
            }
        }
        return true;
    }

    // ---- the listing

    /**
     * One row of EXPLAIN.
     *
     * @param p4 as text
     */
    public record Line(int address, String opcode, int p1, int p2, int p3, String p4, int p5, String comment) {}

    /** Number of instructions. */
    public int size() {
        return operations.length;
    }

    /** The rows of EXPLAIN. Subprograms are not part of it: see {@link #subprogram}. */
    public Line line(int address) {
        Operation o = operations[address];
        return new Line(
                address, o.opcode().name(), o.p1(), o.p2(), o.p3(), text(o.opcode(), o.p4()), o.p5(), o.comment());
    }

    /** The program that the instruction at this address calls, or null. */
    public Program subprogram(int address) {
        Object called = operations[address].p4();
        return called instanceof ProgramReference reference
                ? reference.program()
                : called instanceof Program program ? program : null;
    }

    private static String text(Opcode opcode, Object p4) {
        if (p4 == null || opcode == Opcode.SetCookie) {
            return opcode == Opcode.Init ? "0" : null;
        }
        if (p4 instanceof KeyInfo info) {
            return keyInfo(info);
        }
        if (p4 instanceof Collation collation) {
            return collation.name() + "-8";
        }
        if (p4 instanceof FunctionCall call) {
            return call.function().name() + "(" + call.argumentCount() + ")";
        }
        if (p4 instanceof Double real) {
            return RealText.toText(real);
        }
        if (p4 instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        if (p4 instanceof int[] numbers) {
            StringJoiner joined = new StringJoiner(",", "[", "]");
            for (int number : numbers) {
                joined.add(String.valueOf(number));
            }
            return joined.toString();
        }
        if (p4 instanceof Program || p4 instanceof ProgramReference) {
            return "program";
        }
        if (p4 instanceof RowSource) {
            return "rows";
        }
        if (p4 instanceof StrictTypes types) {
            return types.tableName();
        }
        return p4.toString();
    }

    private static String keyInfo(KeyInfo info) {
        StringBuilder text = new StringBuilder("k(").append(info.keyColumns());
        for (int i = 0; i < info.keyColumns(); i++) {
            Collation collation = info.collations()[i];
            text.append(',');
            if (info.descending()[i]) {
                text.append('-');
            }
            if (info.nullsLast()[i]) {
                text.append("N.");
            }
            text.append(Sorter.isBinary(collation) ? "B" : collation.name());
        }
        return text.append(')').toString();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < size(); i++) {
            Line line = line(i);
            text.append(String.format(
                    "%4d  %-14s %5d %5d %5d  %-14s %3d  %s%n",
                    i,
                    line.opcode(),
                    line.p1(),
                    line.p2(),
                    line.p3(),
                    line.p4() == null ? "" : line.p4(),
                    line.p5(),
                    line.comment() == null ? "" : line.comment()));
        }
        return text.toString();
    }
}
