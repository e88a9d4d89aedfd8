package dev.verso.sql.query;

import dev.verso.sql.code.CodeContext;
import dev.verso.vm.Flags;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import dev.verso.vm.value.Affinity;
import java.util.List;

/** The code that takes one finished row, for each kind of {@link Destination}. */
abstract class RowSink {
    final CodeContext context;
    final ProgramBuilder builder;
    private boolean dropsSubtypes;

    RowSink(CodeContext context) {
        this.context = context;
        this.builder = context.builder();
    }

    /** Tells whether values may have subtypes, which get lost on the way from one query to the next. */
    void dropSubtypes(boolean on) {
        dropsSubtypes = on;
    }

    /** Emits that the registers lose their subtypes, if there may be some. */
    final void withoutSubtypes(int first, int columns) {
        for (int i = 0; dropsSubtypes && i < columns; i++) {
            builder.add(Opcode.ClrSubtype, first + i);
        }
    }

    /** What comes before the first row. */
    void begin(int columns) {}

    /** The registers in which the row is wanted. */
    int registers(int columns) {
        return builder.newRegisters(columns);
    }

    /** Makes a row that is in other registers ready for {@link #row}: copies it if it must stand in {@link #registers}. @return where it is then */
    int from(int first, int columns) {
        return first;
    }

    /** Takes the row in {@code columns} registers from {@code first} on. */
    abstract void row(int first, int columns);

    /** Tells that rows come out of a sorter. */
    void rowsAreSorted() {}

    /** Like {@link #row}; no other code reads those registers before they are written again. */
    void freshRow(int first, int columns) {
        row(first, columns);
    }

    /** @param done where a destination that wants no further row jumps */
    static RowSink of(CodeContext context, Destination destination, int done) {
        if (destination instanceof Destination.Output) {
            return new Output(context);
        }
        if (destination instanceof Destination.Coroutine coroutine) {
            return new Coroutine(context, coroutine);
        }
        if (destination instanceof Destination.EphemeralTable table) {
            return new Table(context, table.cursor());
        }
        if (destination instanceof Destination.Exists exists) {
            return new Existence(context, exists.register(), done);
        }
        if (destination instanceof Destination.Registers registers) {
            return new Registers(context, registers.first(), done);
        }
        assert destination instanceof Destination.Discard : destination;
        return new Discard(context);
    }

    private static final class Output extends RowSink {
        Output(CodeContext context) {
            super(context);
        }

        @Override
        void row(int first, int columns) {
            builder.add(Opcode.ResultRow, first, columns);
        }

        @Override
        void freshRow(int first, int columns) {
            builder.add(Opcode.ResultRow, first, columns, 0, null, Flags.LAST_USE);
        }
    }

    private static final class Coroutine extends RowSink {
        private final Destination.Coroutine to;

        Coroutine(CodeContext context, Destination.Coroutine to) {
            super(context);
            this.to = to;
        }

        @Override
        int registers(int columns) {
            return to.first();
        }

        @Override
        void row(int first, int columns) {
            if (first != to.first()) {
                builder.add(Opcode.Copy, first, to.first(), columns - 1);
            }
            withoutSubtypes(to.first(), columns);
            builder.add(Opcode.Yield, to.returnRegister());
        }
    }

    private static final class Table extends RowSink {
        private final int cursor;
        private final int record;
        private final int rowid;

        Table(CodeContext context, int cursor) {
            super(context);
            this.cursor = cursor;
            record = builder.newRegister();
            rowid = builder.newRegister();
        }

        @Override
        void row(int first, int columns) {
            builder.add(Opcode.MakeRecord, first, columns, record);
            builder.add(Opcode.NewRowid, cursor, rowid);
            builder.add(Opcode.Insert, cursor, record, rowid, null, Flags.APPEND);
        }
    }

    /** Rows become entries of an ephemeral index. */
    static final class IndexSet extends RowSink {
        private final int cursor;
        private final String letters;
        private final int record;
        private int filter;

        /** @param filter register of a Bloom filter, or 0 */
        IndexSet(CodeContext context, int cursor, List<Affinity> affinities, int filter) {
            super(context);
            this.cursor = cursor;
            this.filter = filter;
            StringBuilder text = new StringBuilder();
            for (Affinity affinity : affinities) {
                text.append(affinity.code());
            }
            letters = text.isEmpty() ? null : text.toString();
            record = builder.newRegister();
        }

        /** True if all rows are in the filter. */
        boolean isFiltered() {
            return filter != 0;
        }

        /** As in SQLite: what is sorted is seldom large, for it has a LIMIT. */
        @Override
        void rowsAreSorted() {
            filter = 0;
        }

        @Override
        void row(int first, int columns) {
            builder.add(Opcode.MakeRecord, first, columns, record, letters, 0);
            builder.add(Opcode.IdxInsert, cursor, record, first, columns, 0);
            if (filter != 0) {
                builder.add(Opcode.FilterAdd, filter, 0, first, columns, 0);
                context.planLog().add("CREATE BLOOM FILTER");
            }
        }
    }

    /** Rows are removed from an ephemeral index: the right side of EXCEPT. */
    static final class IndexRemoval extends RowSink {
        private final int cursor;

        IndexRemoval(CodeContext context, int cursor) {
            super(context);
            this.cursor = cursor;
        }

        @Override
        void row(int first, int columns) {
            builder.add(Opcode.IdxDelete, cursor, first, columns);
        }
    }

    private static final class Existence extends RowSink {
        private final int register;
        private final int done;

        Existence(CodeContext context, int register, int done) {
            super(context);
            this.register = register;
            this.done = done;
        }

        @Override
        void begin(int columns) {
            builder.add(Opcode.Integer, 0, register);
        }

        @Override
        void row(int first, int columns) {
            builder.add(Opcode.Integer, 1, register);
            builder.add(Opcode.Goto, 0, done);
        }
    }

    private static final class Registers extends RowSink {
        private final int first;
        private final int done;

        Registers(CodeContext context, int first, int done) {
            super(context);
            this.first = first;
            this.done = done;
        }

        @Override
        void begin(int columns) {
            builder.add(Opcode.Null, 0, first, first + columns - 1);
        }

        @Override
        int registers(int columns) {
            return first;
        }

        @Override
        void row(int from, int columns) {
            if (from != first) {
                builder.add(Opcode.Copy, from, first, columns - 1);
            }
            withoutSubtypes(first, columns);
            builder.add(Opcode.Goto, 0, done);
        }
    }

    private static final class Discard extends RowSink {
        Discard(CodeContext context) {
            super(context);
        }

        @Override
        void row(int first, int columns) {
            // Computing the row was all that was wanted.
        }
    }
}
