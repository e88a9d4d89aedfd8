package dev.verso.sql.write;

import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.Source;
import dev.verso.sql.resolve.Scope;
import dev.verso.sql.resolve.ScopeUse;
import dev.verso.sql.schema.Index;
import dev.verso.vm.Flags;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;

/** The parts of index entries, computed from a row that is in registers or under a cursor. */
public final class IndexEntry {
    private IndexEntry() {}

    /** Emits a jump to {@code label} if the row does not belong in the partial index; nothing for others. */
    public static void skipUnlessIndexed(WriteContext context, Index index, Source row, int label) {
        if (index.where() != null) {
            BoundExpr condition =
                    context.resolver().expr(index.where(), Scope.of(row).use(ScopeUse.PARTIAL_INDEX));
            context.expressions().jumpIfFalse(condition, label, true);
        }
    }

    /** Emits the first {@code count} parts of the key record into registers from {@code first} on. */
    public static void compileParts(WriteContext context, Index index, Source row, int first, int count) {
        for (int i = 0; i < count; i++) {
            compilePart(context, index, index.parts().get(i), row, first + i);
        }
    }

    /** As {@link #compileParts}; a whole number of a REAL column stays as it is in the table, where it may be an integer to save bytes. */
    static void compileStoredParts(WriteContext context, Index index, Source row, int first, int count) {
        ProgramBuilder builder = context.builder();
        for (int i = 0; i < count; i++) {
            compilePart(context, index, index.parts().get(i), row, first + i);
            int last = builder.address() - 1;
            if (builder.opcode(last) == Opcode.RealAffinity && builder.p1(last) == first + i) {
                builder.changeOpcode(last, Opcode.Noop);
            }
        }
    }

    private static void compilePart(WriteContext context, Index index, Index.Part part, Source row, int register) {
        if (part.column() == Index.EXPRESSION) {
            context.expressions().compile(expression(context, part, row), register);
        } else if (row.access() == Source.Access.REGISTERS) {
            boolean isRowid =
                    part.column() < 0 || part.column() == index.table().rowidColumn();
            if (isRowid) {
                context.builder().add(Opcode.IntCopy, row.rowidRegister(), register);
            } else {
                context.builder()
                        .add(Opcode.SCopy, row.firstRegister() + part.column(), register, 0, null, Flags.AS_STORED);
            }
        } else {
            context.compileColumn(row, part.column(), register);
        }
    }

    static BoundExpr expression(WriteContext context, Index.Part part, Source row) {
        return context.resolver().expr(part.expression(), Scope.of(row).use(ScopeUse.INDEX_EXPRESSION));
    }

    /** How many parts identify an entry for {@code IdxDelete}. */
    static int identifyingParts(Index index) {
        return index.isPrimaryKeyOfWithoutRowid()
                ? index.keyColumns()
                : index.parts().size();
    }
}
