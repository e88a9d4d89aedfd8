package dev.verso.sql.alter;

import dev.verso.error.ResultCode;
import dev.verso.parser.DefinitionText;
import dev.verso.parser.SqlSyntaxException;
import dev.verso.parser.ast.Definition;
import dev.verso.parser.ast.Definition.AlterTable;
import dev.verso.parser.ast.Definition.ColumnConstraint;
import dev.verso.parser.ast.Definition.ColumnDefinition;
import dev.verso.parser.ast.Definition.CreateTable;
import dev.verso.parser.ast.Expr;
import dev.verso.record.AsciiCase;
import dev.verso.sql.ddl.TableChecks;
import dev.verso.sql.resolve.Parameters;
import dev.verso.sql.resolve.Resolver;
import dev.verso.sql.schema.Column;
import dev.verso.sql.schema.Schemas;
import dev.verso.sql.schema.Table;
import dev.verso.sql.schema.TableBuilder;
import dev.verso.sql.write.WriteContext;

/** ADD COLUMN: the definition's text behind the last column. Rows stay as they are: what they lack is the column's default. */
final class ColumnAddition {
    private final WriteContext context;
    private final Schemas schemas;
    private final Table table;
    private final AlterTable statement;
    private final ColumnDefinition column;

    ColumnAddition(WriteContext context, Schemas schemas, Table table, AlterTable statement, ColumnDefinition column) {
        this.context = context;
        this.schemas = schemas;
        this.table = table;
        this.statement = statement;
        this.column = column;
    }

    void compile() {
        if (table.kind() == Table.Kind.VIRTUAL) {
            throw WriteContext.error("virtual tables may not be altered");
        }
        if (table.isView()) {
            throw WriteContext.error("Cannot add a column to a view");
        }
        AlterTableCompiler.checkAlterable(context, table);
        if (table.columnIndex(column.name().text()) >= 0) {
            throw WriteContext.error("duplicate column name: " + column.name().text());
        }
        refuseKeys();
        String sql = newText();
        Table built = TableBuilder.build(table.schema(), withoutStrict(definition(sql)), sql);
        Resolver resolver = new Resolver(schemas, context.code().session().functions(), new Parameters(), sql);
        new TableChecks(new WriteContext(context.code(), resolver, context.settings(), sql)).checkDefaults(built);
        Column added = built.columns().get(built.columns().size() - 1);
        checkOldRows(added);
        SchemaEdit edit = new SchemaEdit(context, schemas, table.schema());
        edit.change(row -> row.type().equals("table") && table.name().equals(row.name())
                ? row.with(row.name(), row.tableName(), sql)
                : row);
        edit.load("after add column");
        verify(edit, added);
        edit.emit();
    }

    /** What the column's text ends with may hide what stood behind it: a comment up to the end of the line. */
    private CreateTable definition(String sql) {
        try {
            return Renaming.parse(sql);
        } catch (SqlSyntaxException e) {
            throw WriteContext.error("error in table " + table.name() + " after add column: " + e.getMessage());
        }
    }

    private String newText() {
        String text = context.sql();
        int start = column.span().start();
        int end = DefinitionText.nextToken(text, statement.span().end());
        while (end > start && (text.charAt(end - 1) == ';' || isBlank(text.charAt(end - 1)))) {
            end--;
        }
        String sql = table.sql();
        CreateTable definition = Renaming.parse(sql);
        ColumnDefinition last = definition.columns().get(definition.columns().size() - 1);
        int place = DefinitionText.nextToken(sql, last.span().end());
        return sql.substring(0, place) + ", " + text.substring(start, end) + sql.substring(place);
    }

    /** The types of a STRICT table are looked at when the new definition is read. */
    private static CreateTable withoutStrict(CreateTable table) {
        return new CreateTable(
                table.span(),
                table.temporary(),
                table.ifNotExists(),
                table.schema(),
                table.name(),
                table.columns(),
                table.constraints(),
                table.withoutRowid(),
                false,
                table.select());
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }

    private void refuseKeys() {
        for (ColumnConstraint constraint : column.constraints()) {
            if (constraint instanceof Definition.ColumnPrimaryKey) {
                throw WriteContext.error("Cannot add a PRIMARY KEY column");
            }
        }
        for (ColumnConstraint constraint : column.constraints()) {
            if (constraint instanceof Definition.ColumnUnique) {
                throw WriteContext.error("Cannot add a UNIQUE column");
            }
        }
    }

    private boolean has(Class<? extends ColumnConstraint> kind) {
        return column.constraints().stream().anyMatch(kind::isInstance);
    }

    /** What would be wrong in rows that there are. */
    private void checkOldRows(Column added) {
        RowSearch rows = new RowSearch(context, schemas, table);
        if (added.generated() != null) {
            if (added.stored()) {
                rows.failIf(null, ResultCode.ERROR, "cannot add a STORED column");
            }
            return;
        }
        Expr value = added.defaultValue() instanceof Expr.NullLiteral ? null : added.defaultValue();
        if (context.settings().foreignKeys() && has(Definition.ColumnReferences.class) && value != null) {
            rows.failIf(null, ResultCode.ERROR, "Cannot add a REFERENCES column with non-NULL default value");
        }
        if (added.notNull() != null && value == null) {
            rows.failIf(null, ResultCode.ERROR, "Cannot add a NOT NULL column with default value NULL");
        }
        if (value != null && !isLiteral(value)) {
            rows.failIf(null, ResultCode.ERROR, "Cannot add a column with non-constant default");
        }
    }

    private static boolean isLiteral(Expr value) {
        if (value instanceof Expr.Unary unary) {
            boolean sign = unary.op() == Expr.UnaryOp.NEGATE || unary.op() == Expr.UnaryOp.PLUS;
            return sign && isLiteral(unary.operand());
        }
        if (value instanceof Expr.Cast cast) {
            return isLiteral(cast.operand());
        }
        return value instanceof Expr.NullLiteral
                || value instanceof Expr.NumericLiteral
                || value instanceof Expr.StringLiteral
                || value instanceof Expr.BlobLiteral
                || value instanceof Expr.ColumnName;
    }

    /** Emits the checks that the new column brings, over the rows as they are with it. */
    private void verify(SchemaEdit edit, Column added) {
        Table altered = edit.schema().table(table.name());
        altered.rootPage(table.rootPage());
        RowSearch rows = new RowSearch(context, edit.catalog(), altered);
        boolean generatedNotNull = added.generated() != null && added.notNull() != null;
        if (!has(Definition.ColumnCheck.class) && !generatedNotNull && !table.isStrict()) {
            return;
        }
        String name = RowSearch.quoted(added.name());
        if (generatedNotNull) {
            // With the plus, as a NOT NULL column IS NULL is taken to be false without a look at the rows.
            rows.failIf(name + " IS +NULL", ResultCode.ERROR, "NOT NULL constraint failed");
        }
        String type = table.isStrict() ? AsciiCase.lower(added.declaredType()) : "any";
        if (!type.equals("any")) {
            String storage = type.equals("int") ? "integer" : type;
            rows.failIf(
                    "typeof(" + name + ") NOT IN ('null', '" + storage + "')",
                    ResultCode.ERROR,
                    "type mismatch on DEFAULT");
        }
        if (!context.settings().ignoreCheckConstraints()) {
            for (Table.Check check : altered.checks()) {
                rows.failIf("NOT (" + check.text() + ")", ResultCode.ERROR, "CHECK constraint failed");
            }
        }
    }
}
