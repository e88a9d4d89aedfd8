package dev.verso.sql;

import dev.verso.sql.CompiledStatement.ResultColumn;
import dev.verso.sql.code.QueryPlanLog;
import dev.verso.sql.code.RowProgram;
import dev.verso.vm.Opcode;
import dev.verso.vm.Program;
import dev.verso.vm.ProgramBuilder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rows of EXPLAIN and EXPLAIN QUERY PLAN. */
record Explanation(List<ResultColumn> columns, List<Object[]> rows) {
    static Explanation ofProgram(Program program) {
        List<Object[]> rows = new ArrayList<>();
        // The statement, then each subprogram where it is first called.
        Set<Program> programs = new HashSet<>(Set.of(program));
        List<Program> order = new ArrayList<>(programs);
        for (int next = 0; next < order.size(); next++) {
            Program listed = order.get(next);
            for (int i = 0; i < listed.size(); i++) {
                Program.Line line = listed.line(i);
                rows.add(new Object[] {
                    line.address(), line.opcode(), line.p1(), line.p2(), line.p3(), line.p4(), line.p5(), line.comment()
                });
                Program called = listed.subprogram(i);
                if (called != null && programs.add(called)) {
                    order.add(called);
                }
            }
        }
        return new Explanation(named("addr", "opcode", "p1", "p2", "p3", "p4", "p5", "comment"), rows);
    }

    static Explanation ofPlan(QueryPlanLog log) {
        List<Object[]> rows = new ArrayList<>();
        for (QueryPlanLog.Line line : log.lines()) {
            rows.add(new Object[] {line.id(), line.parent(), 0, line.detail()});
        }
        return new Explanation(named("id", "parent", "notused", "detail"), rows);
    }

    private static List<ResultColumn> named(String... names) {
        List<ResultColumn> columns = new ArrayList<>();
        for (String name : names) {
            columns.add(ResultColumn.named(name));
        }
        return columns;
    }

    /**
     * A program that delivers the rows; it takes the parameters of the statement that is explained, and where that one sets {@code changes()} this one
     * does too: to 0.
     */
    Program program(int parameters, boolean countsChanges) {
        ProgramBuilder builder = new ProgramBuilder();
        if (countsChanges) {
            builder.countChanges();
        }
        builder.add(Opcode.Init);
        RowProgram.emit(builder, (session, registers, first, count) -> RowProgram.rows(rows), 0, 0, columns.size());
        builder.add(Opcode.Halt);
        builder.parameterCount(parameters);
        return builder.build();
    }
}
