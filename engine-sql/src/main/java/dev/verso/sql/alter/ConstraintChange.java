package dev.verso.sql.alter;

import dev.verso.error.ResultCode;
import dev.verso.parser.DefinitionText;
import dev.verso.parser.ast.Definition;
import dev.verso.parser.ast.Definition.AlterTable;
import dev.verso.parser.ast.Definition.Alteration;
import dev.verso.parser.ast.Definition.TableCheck;
import dev.verso.parser.ast.Name;
import dev.verso.record.AsciiCase;
import dev.verso.sql.resolve.Scope;
import dev.verso.sql.resolve.ScopeUse;
import dev.verso.sql.schema.Schemas;
import dev.verso.sql.schema.Table;
import dev.verso.sql.write.WriteContext;

/** SET and DROP NOT NULL, ADD and DROP CONSTRAINT: only the text changes, when the rows that there are agree. */
final class ConstraintChange {
    private final WriteContext context;
    private final Schemas schemas;
    private final Table table;
    private final AlterTable statement;

    ConstraintChange(WriteContext context, Schemas schemas, Table table, AlterTable statement) {
        this.context = context;
        this.schemas = schemas;
        this.table = table;
        this.statement = statement;
    }

    void compile() {
        AlterTableCompiler.checkReal(table, "edit constraints of");
        AlterTableCompiler.checkAlterable(context, table);
        Alteration alteration = statement.alteration();
        if (alteration instanceof Definition.SetNotNull set) {
            write(withNotNull(set.column()), "after add constraint");
        } else if (alteration instanceof Definition.DropNotNull drop) {
            write(DefinitionText.withoutNotNull(table.sql(), column(drop.column())), "after drop constraint");
        } else if (alteration instanceof Definition.AddConstraint add) {
            write(withCheck((TableCheck) add.constraint()), "after add constraint");
        } else if (alteration instanceof Definition.DropConstraint drop) {
            write(withoutConstraint(drop.constraint().text()), "after drop constraint");
        } else {
            throw new IllegalStateException("unknown alteration " + alteration);
        }
    }

    private int column(Name name) {
        int column = table.columnIndex(name.text());
        if (column < 0) {
            throw WriteContext.error("no such column: " + name.text());
        }
        return column;
    }

    /** The statement's text from {@code start} on, with the comments behind it that end by themselves. */
    private String constraintText(int start) {
        String sql = context.sql();
        int end = statement.span().end();
        int next = DefinitionText.nextToken(sql, end);
        for (int at = end; at < next; ) {
            if (sql.startsWith("/*", at)) {
                at = Math.min(next, sql.indexOf("*/", at) + 2);
                end = at;
            } else if (sql.startsWith("--", at)) {
                int line = sql.indexOf('\n', at);
                at = line < 0 ? next : line;
            } else {
                at++;
            }
        }
        return sql.substring(start, end);
    }

    private String withNotNull(Name name) {
        int column = column(name);
        new RowSearch(context, schemas, table)
                .failIf(
                        RowSearch.quoted(table.columns().get(column).name()) + " IS NULL",
                        ResultCode.CONSTRAINT,
                        "constraint failed");
        int endOfSet = DefinitionText.endOfToken(context.sql(), name.span().end());
        String text = constraintText(DefinitionText.nextToken(context.sql(), endOfSet));
        return DefinitionText.withConstraint(DefinitionText.withoutNotNull(table.sql(), column), text, column);
    }

    private String withCheck(TableCheck check) {
        context.resolver()
                .expr(
                        check.condition(),
                        Scope.of(context.resolver().source(table, table.name())).use(ScopeUse.CHECK));
        if (check.constraint() != null
                && DefinitionText.hasConstraint(table.sql(), check.constraint().text())) {
            throw WriteContext.error("constraint " + check.constraint().text() + " already exists");
        }
        String condition = check.condition().span().of(context.sql());
        new RowSearch(context, schemas, table)
                .failIf("NOT (" + condition + ")", ResultCode.CONSTRAINT, "constraint failed");
        return DefinitionText.withConstraint(
                table.sql(), constraintText(check.span().start()), -1);
    }

    private String withoutConstraint(String name) {
        DefinitionText.Removal removal = DefinitionText.withoutConstraint(table.sql(), name);
        if (removal.text() == null) {
            throw WriteContext.error(
                    (removal.refused() ? "constraint may not be dropped: " : "no such constraint: ") + name);
        }
        return removal.text();
    }

    private void write(String sql, String when) {
        SchemaEdit edit = new SchemaEdit(context, schemas, table.schema());
        edit.change(row -> row.type().equals("table") && AsciiCase.same(table.name(), row.tableName())
                ? row.with(row.name(), row.tableName(), sql)
                : row);
        edit.load(when);
        edit.emit();
    }
}
