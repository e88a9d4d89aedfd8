package dev.verso.sql.write;

import dev.verso.parser.SqlParser;
import dev.verso.parser.SqlPrinter;
import dev.verso.parser.ast.Definition.OnEvent.Action;
import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Statement;
import dev.verso.sql.code.CodeContext;
import dev.verso.sql.code.QueryPlanLog;
import dev.verso.sql.query.Destination;
import dev.verso.sql.query.SelectCompiler;
import dev.verso.sql.resolve.Parameters;
import dev.verso.sql.resolve.Resolver;
import dev.verso.sql.resolve.Scope;
import dev.verso.sql.schema.ForeignKey;
import dev.verso.sql.schema.Table;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import dev.verso.vm.ProgramReference;

/**
 * The subprogram of ON DELETE and ON UPDATE: a statement over the children, in which OLD and NEW are the parent's row. One program serves all
 * places of a statement that need it, itself included: cascades may go round in circles.
 */
final class ForeignKeyAction {
    private ForeignKeyAction() {}

    /** Identifies a program within one statement. */
    record Key(ForeignKey foreignKey, boolean isUpdate) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.foreignKey == foreignKey && key.isUpdate == isUpdate;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(foreignKey) * 2 + (isUpdate ? 1 : 0);
        }
    }

    /** The program, compiled when first asked for. */
    static ProgramReference program(
            WriteContext context, Table parent, ForeignKey key, ParentKey parentKey, Action action, boolean isUpdate) {
        Key identity = new Key(key, isUpdate);
        ProgramReference known = context.subprograms().get(identity);
        if (known != null) {
            return known;
        }
        ProgramReference reference = new ProgramReference();
        context.subprograms().put(identity, reference);
        String sql = text(parent, key, parentKey, action, isUpdate);
        compile(context, parent, isUpdate, sql, identity, reference);
        return reference;
    }

    private static void compile(
            WriteContext context,
            Table parent,
            boolean isUpdate,
            String sql,
            Key identity,
            ProgramReference reference) {
        ProgramBuilder builder = new ProgramBuilder();
        builder.token(identity);
        CodeContext code = new CodeContext(
                builder, context.code().session(), context.code().catalog(), new QueryPlanLog(false));
        SelectCompiler.install(code);
        Resolver resolver =
                new Resolver(context.code().catalog(), context.code().session().functions(), new Parameters(), sql);
        WriteContext nested = new WriteContext(
                code, resolver, context.settings(), sql, context, Scope.trigger(parent, isUpdate, true));
        Statement statement = SqlParser.parseNext(sql, 0).statement();
        code.begin();
        if (statement instanceof Statement.Delete delete) {
            DeleteCompiler.compile(nested, delete);
            builder.add(Opcode.ResetCount); // total_changes() counts what actions do, changes() does not
        } else if (statement instanceof Statement.Update update) {
            UpdateCompiler.compile(nested, update);
            builder.add(Opcode.ResetCount);
        } else {
            Statement.Query query = (Statement.Query) statement;
            SelectCompiler.compile(
                    code, resolver.select(query.select(), nested.outerScope()), new Destination.Discard());
        }
        code.finish((database, writes) -> {
            if (writes) {
                context.code().writes(database);
            } else {
                context.code().reads(database);
            }
        });
        builder.readForConstraint(0);
        reference.program(builder.build());
    }

    private static String text(Table parent, ForeignKey key, ParentKey parentKey, Action action, boolean isUpdate) {
        Table child = key.child();
        String name = quoted(child.schema().name()) + "." + quoted(child.name());
        StringBuilder where = new StringBuilder();
        StringBuilder set = new StringBuilder();
        for (int i = 0; i < parentKey.childColumns().length; i++) {
            int childColumn = parentKey.childColumns()[i];
            String column = quoted(child.columns().get(childColumn).name());
            String parentColumn = parentKey.index() == null
                    ? quoted(parent.columns().get(parent.rowidColumn()).name())
                    : quoted(parent.columns().get(parentKey.parentColumn(i)).name());
            where.append(i == 0 ? "" : " AND ")
                    .append("OLD.")
                    .append(parentColumn)
                    .append(" = ")
                    .append(column);
            set.append(i == 0 ? "" : ", ").append(column).append(" = ");
            Expr value = child.columns().get(childColumn).defaultValue();
            set.append(
                    switch (action) {
                        case CASCADE -> "NEW." + parentColumn;
                        case SET_DEFAULT -> value == null ? "NULL" : "(" + SqlPrinter.print(value) + ")";
                        default -> "NULL";
                    });
        }
        if (isUpdate) {
            where.append(" AND NOT (");
            for (int i = 0; i < parentKey.childColumns().length; i++) {
                String parentColumn = parentKey.index() == null
                        ? quoted(parent.columns().get(parent.rowidColumn()).name())
                        : quoted(parent.columns().get(parentKey.parentColumn(i)).name());
                where.append(i == 0 ? "" : " AND ")
                        .append("OLD.")
                        .append(parentColumn)
                        .append(" IS NEW.")
                        .append(parentColumn);
            }
            where.append(")");
        }
        if (action == Action.RESTRICT) {
            return "SELECT RAISE(ABORT, 'FOREIGN KEY constraint failed') FROM " + name + " WHERE " + where;
        }
        if (action == Action.CASCADE && !isUpdate) {
            return "DELETE FROM " + name + " WHERE " + where;
        }
        return "UPDATE OR ABORT " + name + " SET " + set + " WHERE " + where;
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
