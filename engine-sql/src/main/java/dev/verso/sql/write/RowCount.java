package dev.verso.sql.write;

import dev.verso.sql.bound.BoundColumn;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import dev.verso.vm.value.Affinity;
import java.util.List;

/** PRAGMA count_changes: a statement that writes answers with the number of rows that it wrote, triggers and foreign keys left out. */
final class RowCount {
    private final ProgramBuilder builder;
    private final String name;
    private final int register;

    /** @param name of the result column; null for a statement that does not answer */
    RowCount(ProgramBuilder builder, String name) {
        this.builder = builder;
        this.name = name;
        register = name == null ? 0 : builder.newRegister();
        if (name != null) {
            builder.add(Opcode.Integer, 0, register);
        }
    }

    /** Register of the number, 0 if nobody wants it. */
    int register() {
        return register;
    }

    /** Emits the counting of a row. */
    void row() {
        if (register != 0) {
            builder.add(Opcode.AddImm, register, 1);
        }
    }

    /** Emits the answer. @return its columns; none if the statement does not answer */
    List<BoundColumn> deliver() {
        if (register == 0) {
            return List.of();
        }
        builder.add(Opcode.ResultRow, register, 1);
        return List.of(new BoundColumn(new BoundExpr.RegisterRef(register, Affinity.NONE, "BINARY"), name, true));
    }
}
