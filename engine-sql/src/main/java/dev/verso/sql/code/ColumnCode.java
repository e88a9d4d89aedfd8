package dev.verso.sql.code;

import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.Source;
import dev.verso.sql.schema.Table;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import dev.verso.vm.value.Affinity;

/** Reads columns of sources, in the way that each source says its columns are reached. */
final class ColumnCode {
    private final CodeContext context;
    private final ProgramBuilder builder;

    ColumnCode(CodeContext context) {
        this.context = context;
        builder = context.builder();
    }

    /** Reads the column; the answer is {@code target} or the register where the value is already. */
    int read(Source source, int column, int target) {
        return switch (source.access()) {
            case CURSOR ->
                source.fixedColumn(column) == null
                        ? fromCursor(source, column, target)
                        : constant(source, source.cursor(), column, target);
            case COVERING_INDEX ->
                source.fixedColumn(column) == null
                        ? fromIndex(source, column, target)
                        : constant(source, source.indexCursor(), column, target);
            case REGISTERS -> fromRegisters(source, column, target);
            case MAPPED -> fromMapping(source, column, target);
        };
    }

    /** The value that all rows of a partial index have in that column. */
    private int constant(Source source, int cursor, int column, int target) {
        int nullRow = source.isNullable() ? builder.add(Opcode.IfNullRow, cursor, 0, target) : -1;
        context.expressions().compile(source.fixedColumn(column), target);
        builder.add(
                Opcode.Affinity,
                target,
                1,
                0,
                String.valueOf(source.columnAffinity(column).code()),
                0);
        realAffinity(source.table(), column, target);
        if (nullRow >= 0) {
            builder.jumpHere(nullRow);
        }
        return target;
    }

    private int fromCursor(Source source, int column, int target) {
        Table table = source.table();
        if (table == null) {
            builder.add(Opcode.Column, source.cursor(), column, target);
            if (isRealOfCompound(source, column)) {
                builder.add(Opcode.RealAffinity, target);
            }
            return target;
        }
        if (column < 0 || column == table.rowidColumn()) {
            builder.add(Opcode.Rowid, source.cursor(), target);
            return target;
        }
        if (table.isVirtual()) {
            builder.add(Opcode.VColumn, source.cursor(), column, target);
            return target;
        }
        int position = table.storedPosition(column);
        if (position < 0) {
            return generated(source, column, target);
        }
        builder.add(Opcode.Column, source.cursor(), position, target, source.missingValue(column), 0);
        realAffinity(table, column, target);
        return target;
    }

    /** A compound's column may have REAL affinity although some of its queries deliver integers: they become reals when they are read. */
    private static boolean isRealOfCompound(Source source, int column) {
        return source.isQuery()
                && (source.select().isCompound() || source.select().recursion() != null || source.isProvided())
                && column >= 0
                && source.columnAffinity(column) == Affinity.REAL;
    }

    private void realAffinity(Table table, int column, int register) {
        if (table.columns().get(column).affinity() == Affinity.REAL && table.kind() == Table.Kind.TABLE) {
            builder.add(Opcode.RealAffinity, register);
        }
    }

    private int generated(Source source, int column, int target) {
        BoundExpr expr = source.generated(column);
        assert expr != null : "generated column " + source.columnName(column) + " was not resolved";
        int nullRow = source.isNullable() && source.access() == Source.Access.CURSOR
                ? builder.add(Opcode.IfNullRow, source.cursor(), 0, target)
                : -1;
        context.expressions().compile(expr, target);
        Affinity affinity = source.columnAffinity(column);
        if (affinity != Affinity.NONE && affinity != Affinity.BLOB) {
            builder.add(Opcode.Affinity, target, 1, 0, String.valueOf(affinity.code()), 0);
        }
        if (affinity == Affinity.REAL) {
            // In a sorter or an automatic index it has to stay a real: nothing there says that it comes from a REAL
            // column.
            builder.add(Opcode.RealAffinity, target);
        }
        if (nullRow >= 0) {
            builder.jumpHere(nullRow);
        }
        return target;
    }

    private int fromIndex(Source source, int column, int target) {
        Table table = source.table();
        if (column < 0 || column == table.rowidColumn()) {
            builder.add(Opcode.IdxRowid, source.indexCursor(), target);
            return target;
        }
        int position = source.coveringIndex().positionOf(column);
        if (position < 0) {
            return generated(source, column, target);
        }
        builder.add(Opcode.Column, source.indexCursor(), position, target);
        realAffinity(table, column, target);
        return target;
    }

    private int fromRegisters(Source source, int column, int target) {
        Table table = source.table();
        if (table != null && source.rowidRegister() >= 0 && (column < 0 || column == table.rowidColumn())) {
            return source.rowidRegister();
        }
        if (isRealOfCompound(source, column)) {
            builder.add(Opcode.Copy, source.firstRegister() + column, target, 0);
            builder.add(Opcode.RealAffinity, target);
            return target;
        }
        assert column >= 0 : "rowid of " + source + " is in no register";
        return source.firstRegister() + column;
    }

    private int fromMapping(Source source, int column, int target) {
        Integer place = source.mapping().get(column);
        if (place == null) {
            assert column >= 0 && source.generated(column) != null
                    : "column " + source.columnName(column) + " of " + source + " was not taken aside";
            return generated(source, column, target);
        }
        if (source.cursor() < 0) {
            return place;
        }
        builder.add(Opcode.Column, source.cursor(), place, target);
        return target;
    }
}
