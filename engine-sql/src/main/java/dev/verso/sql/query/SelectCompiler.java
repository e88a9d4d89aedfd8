package dev.verso.sql.query;

import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.Subtypes;
import dev.verso.sql.code.CodeContext;
import dev.verso.sql.code.ExpressionCode;
import dev.verso.sql.code.SubqueryCompiler;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import dev.verso.vm.value.Affinity;
import java.util.List;

/** Emits the code of queries. */
public final class SelectCompiler {
    private SelectCompiler() {}

    /** Makes the context of a new program ready: its compiler of expressions, with this class for the queries in them. */
    public static void install(CodeContext context) {
        context.expressions(new ExpressionCode(context, new Subqueries(context)));
    }

    /** Emits the query; falls through when it has delivered its rows. */
    public static void compile(CodeContext context, BoundSelect select, Destination destination) {
        ProgramBuilder builder = context.builder();
        int done = builder.newLabel();
        compile(context, select, RowSink.of(context, destination, done));
        builder.place(done);
    }

    private static void compile(CodeContext context, BoundSelect select, RowSink sink) {
        sink.dropSubtypes(Subtypes.mayCome(select));
        sink.begin(select.columns().size());
        new QueryCode(context).compile(select, sink);
    }

    /**
     * Emits the query as a coroutine and jumps over it: afterwards each {@code Yield returnRegister} puts a row into the registers from
     * {@code first} on, or jumps to its P2 at the end.
     */
    public static void compileCoroutine(CodeContext context, BoundSelect select, int returnRegister, int first) {
        ProgramBuilder builder = context.builder();
        int start = builder.add(Opcode.InitCoroutine, returnRegister, 0, builder.address() + 1);
        int[] outside = context.temporaries().isolate();
        compile(context, select, new Destination.Coroutine(returnRegister, first));
        context.temporaries().endIsolation(outside);
        builder.add(Opcode.EndCoroutine, returnRegister);
        builder.jumpHere(start);
    }

    /** What expressions ask for. */
    private record Subqueries(CodeContext context) implements SubqueryCompiler {
        @Override
        public void compileRow(BoundSelect select, int first, int count) {
            select.firstRowOnly();
            SelectCompiler.compile(context, select, new Destination.Registers(first));
        }

        @Override
        public void compileExists(BoundSelect select, int target) {
            select.firstRowOnly();
            SelectCompiler.compile(context, select, new Destination.Exists(target));
        }

        @Override
        public boolean compileSet(BoundSelect select, int cursor, List<Affinity> affinities, int filter) {
            RowSink.IndexSet sink = new RowSink.IndexSet(context, cursor, affinities, filter);
            SelectCompiler.compile(context, select, sink);
            return sink.isFiltered();
        }
    }
}
