package dev.verso.sql.code;

import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import dev.verso.vm.RowSource;
import dev.verso.vm.value.Value;
import java.util.Iterator;
import java.util.List;

/** Emits programs whose rows come from Java: pragmas, EXPLAIN, and commands that only act. */
public final class RowProgram {
    private RowProgram() {}

    /** Emits the running of {@code source}, with its rows as rows of the statement. */
    public static void emit(ProgramBuilder builder, RowSource source, int firstArgument, int arguments, int columns) {
        int cursor = builder.newCursor();
        builder.add(Opcode.RowsOpen, cursor, firstArgument, arguments, source, 0);
        int first = builder.newRegisters(Math.max(columns, 1));
        int row = builder.newLabel();
        int end = builder.newLabel();
        int loop = builder.address();
        builder.add(Opcode.RowsNext, cursor, row, first);
        builder.add(Opcode.Goto, 0, end);
        builder.place(row);
        if (columns > 0) {
            builder.add(Opcode.ResultRow, first, columns);
        }
        builder.add(Opcode.Goto, 0, loop);
        builder.place(end);
    }

    /** Rows of constants: null, Long, Integer, Double, String or byte[]. */
    public static RowSource.Rows rows(List<Object[]> rows) {
        Iterator<Object[]> remaining = rows.iterator();
        return (registers, first) -> {
            if (!remaining.hasNext()) {
                return false;
            }
            Object[] row = remaining.next();
            for (int i = 0; i < row.length; i++) {
                set(registers[first + i], row[i]);
            }
            return true;
        };
    }

    /** Sets the value to a constant of one of those types. */
    public static void set(Value value, Object constant) {
        if (constant == null) {
            value.setNull();
        } else if (constant instanceof Number number && !(constant instanceof Double)) {
            value.setInteger(number.longValue());
        } else if (constant instanceof Double number) {
            value.setReal(number);
        } else if (constant instanceof String text) {
            value.setText(text);
        } else {
            byte[] bytes = (byte[]) constant;
            value.setBlob(bytes, 0, bytes.length);
        }
    }
}
