package dev.verso.sql.write;

import dev.verso.error.ResultCode;
import dev.verso.parser.ast.ConflictAction;
import dev.verso.sql.schema.Index;
import dev.verso.sql.schema.Table;
import dev.verso.vm.Flags;
import dev.verso.vm.Opcode;

/** Emits the {@code Halt}s of failed constraints, with SQLite's codes and words. */
public final class ConstraintError {
    private ConstraintError() {}

    static void notNull(WriteContext context, Table table, int column, int register, ConflictAction action) {
        if (action == ConflictAction.ABORT) {
            context.builder().mayAbort();
        }
        context.builder()
                .add(
                        Opcode.HaltIfNull,
                        ResultCode.CONSTRAINT_NOTNULL.value(),
                        WriteContext.flag(action),
                        register,
                        table.name() + "." + table.columns().get(column).name(),
                        Flags.CONSTRAINT_NOT_NULL);
    }

    static void check(WriteContext context, String name, ConflictAction action) {
        halt(context, ResultCode.CONSTRAINT_CHECK, action, name, Flags.CONSTRAINT_CHECK);
    }

    static void rowid(WriteContext context, Table table, ConflictAction action) {
        boolean named = table.rowidColumn() >= 0;
        String column = named ? table.columns().get(table.rowidColumn()).name() : "rowid";
        halt(
                context,
                named ? ResultCode.CONSTRAINT_PRIMARYKEY : ResultCode.CONSTRAINT_ROWID,
                action,
                table.name() + "." + column,
                Flags.CONSTRAINT_UNIQUE);
    }

    /** The halt for two equal entries of a unique index. */
    public static void unique(WriteContext context, Index index, ConflictAction action) {
        StringBuilder columns = new StringBuilder();
        boolean hasExpression = false;
        for (int i = 0; i < index.keyColumns(); i++) {
            Index.Part part = index.parts().get(i);
            hasExpression |= part.column() == Index.EXPRESSION;
            if (i > 0) {
                columns.append(", ");
            }
            columns.append(index.table().name()).append('.');
            columns.append(
                    part.column() < 0
                            ? "rowid"
                            : index.table().columns().get(part.column()).name());
        }
        halt(
                context,
                index.origin() == Index.Origin.PRIMARY_KEY
                        ? ResultCode.CONSTRAINT_PRIMARYKEY
                        : ResultCode.CONSTRAINT_UNIQUE,
                action,
                hasExpression ? "index '" + index.name() + "'" : columns.toString(),
                Flags.CONSTRAINT_UNIQUE);
    }

    static void foreignKey(WriteContext context) {
        halt(context, ResultCode.CONSTRAINT_FOREIGNKEY, ConflictAction.ABORT, null, Flags.CONSTRAINT_FOREIGN_KEY);
    }

    static void halt(WriteContext context, ResultCode code, ConflictAction action, String message, int kind) {
        if (action == ConflictAction.ABORT) {
            context.builder().mayAbort();
        }
        context.builder().add(Opcode.Halt, code.value(), WriteContext.flag(action), 0, message, kind);
    }
}
