package dev.verso.sql.query;

import dev.verso.parser.ast.Select.JoinKind;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.Source;
import dev.verso.sql.code.CodeContext;
import dev.verso.sql.schema.Table;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import java.util.List;

/** Makes the sources of a query ready for its loops: queries in FROM become coroutines or ephemeral tables. */
public final class SourceCode {
    private SourceCode() {}

    static void prepare(CodeContext context, BoundSelect select) {
        prepare(context, select.sources(), true);
    }

    /** Emits what fills the queries among the sources, which stand in one FROM of a statement that writes. */
    public static void prepare(CodeContext context, List<Source> sources) {
        prepare(context, sources, false);
    }

    private static void prepare(CodeContext context, List<Source> sources, boolean reading) {
        for (int i = 0; i < sources.size(); i++) {
            Source source = sources.get(i);
            if (source.table() != null) {
                table(context, source);
            } else if (!isReady(source)) {
                boolean coroutine = reading && !source.isRightJoined()
                        ? isFirst(sources, i) && !isUsedAgain(sources, i)
                        : i == 0 && isOutermost(sources);
                query(context, source, coroutine);
            }
        }
    }

    private static void table(CodeContext context, Source source) {
        source.access(Source.Access.CURSOR);
        source.cursor(-1);
        source.coveringIndex(null, -1);
        if (source.table().schema() != null) {
            context.reads(source.table().schema().database());
        }
    }

    /** True for the rows of a recursive table, which {@link RecursiveCode} provides. */
    private static boolean isReady(Source source) {
        return source.isProvided();
    }

    /**
     * True for a query that no other one stands before, nor an outer join or CROSS JOIN: it is likely to be the outermost loop, and where it is not, its rows
     * are computed for each row around it, or go into an automatic index. That is as SQLite has it.
     */
    private static boolean isFirst(List<Source> sources, int position) {
        if (sources.get(position).isMaterialized()) {
            return false;
        }
        for (int i = position; i > 0; i--) {
            JoinKind join = sources.get(i).join();
            Source before = sources.get(i - 1);
            if (join == JoinKind.LEFT || join == JoinKind.CROSS || before.isQuery() && !before.isProvided()) {
                return false;
            }
        }
        return true;
    }

    /** True if the view is joined with itself. */
    private static boolean isUsedAgain(List<Source> sources, int position) {
        Table view = sources.get(position).view();
        for (int i = position + 1; i < sources.size() && view != null; i++) {
            if (sources.get(i).view() == view) {
                return true;
            }
        }
        return false;
    }

    /** True if the first source is certain to be the outermost loop, read once from beginning to end. */
    private static boolean isOutermost(List<Source> sources) {
        if (sources.get(0).isMaterialized()) {
            return false;
        }
        for (int i = 1; i < sources.size(); i++) {
            JoinKind join = sources.get(i).join();
            if (join != JoinKind.LEFT && join != JoinKind.CROSS) {
                return false;
            }
        }
        return true;
    }

    /** A common table expression that is used several times: filled by a subroutine, once, and read by a cursor for each use. */
    private static void shared(CodeContext context, Source source) {
        ProgramBuilder builder = context.builder();
        BoundSelect select = source.select();
        CodeContext.SharedTable table = context.sharedTable(select);
        if (table == null) {
            int returnRegister = builder.newRegister();
            int cursor = builder.newCursor();
            int skip = builder.add(Opcode.Goto);
            table = new CodeContext.SharedTable(returnRegister, builder.address(), cursor);
            int once = builder.add(Opcode.Once);
            int plan = context.planLog().push("MATERIALIZE " + source.sharedName());
            int[] outside = context.temporaries().isolate();
            builder.add(Opcode.OpenEphemeral, cursor, source.columnCount());
            SelectCompiler.compile(context, select, new Destination.EphemeralTable(cursor));
            context.temporaries().endIsolation(outside);
            context.planLog().pop(plan);
            builder.jumpHere(once);
            builder.add(Opcode.Return, returnRegister);
            builder.jumpHere(skip);
            context.sharedTable(select, table);
        }
        int cursor = builder.newCursor();
        builder.add(Opcode.Gosub, table.returnRegister(), table.entry());
        builder.add(Opcode.OpenDup, cursor, table.cursor());
        source.estimatedRows(select.estimatedRows());
        source.access(Source.Access.CURSOR);
        source.cursor(cursor);
        source.coroutine(-1, 0);
    }

    /** As SQLite calls what it computes: a view by its own name, also if it has an alias. */
    private static String planName(Source source) {
        if (source.view() != null) {
            return source.view().name();
        }
        return source.name() == null ? "(subquery-" + source.select().id() + ")" : source.name();
    }

    private static void query(CodeContext context, Source source, boolean coroutine) {
        ProgramBuilder builder = context.builder();
        BoundSelect select = source.select();
        if (source.sharedName() != null) {
            shared(context, source);
            return;
        }
        int columns = source.columnCount();
        String name = planName(source);
        if (coroutine) {
            int returnRegister = builder.newRegister();
            int first = builder.newRegisters(columns);
            int plan = context.planLog().push("CO-ROUTINE " + name);
            int entry = builder.address() + 1;
            SelectCompiler.compileCoroutine(context, select, returnRegister, first);
            context.planLog().pop(plan);
            source.estimatedRows(select.estimatedRows());
            source.access(Source.Access.REGISTERS);
            source.firstRegister(first);
            source.coroutine(returnRegister, entry);
            return;
        }
        int cursor = builder.newCursor();
        int skip = select.isCorrelated() ? -1 : builder.add(Opcode.Once);
        int plan = context.planLog().push("MATERIALIZE " + name);
        builder.add(Opcode.OpenEphemeral, cursor, columns);
        SelectCompiler.compile(context, select, new Destination.EphemeralTable(cursor));
        context.planLog().pop(plan);
        if (skip >= 0) {
            builder.jumpHere(skip);
        }
        source.estimatedRows(select.estimatedRows());
        source.access(Source.Access.CURSOR);
        source.cursor(cursor);
        source.coroutine(-1, 0);
    }
}
