package dev.verso.sql.module;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.parser.SqlParser;
import dev.verso.parser.SqlSyntaxException;
import dev.verso.parser.ast.Definition.CreateTable;
import dev.verso.parser.ast.Statement;
import dev.verso.sql.schema.Column;
import dev.verso.sql.schema.Schema;
import dev.verso.sql.schema.Table;
import dev.verso.sql.schema.TableBuilder;
import dev.verso.vtab.VirtualTable;
import dev.verso.vtab.WritableVirtualTable;

/** What a virtual table declares of its columns (sqlite.org/vtab.html §2.1.1). */
final class Declaration {
    private static final String HIDDEN = "hidden";

    private Declaration() {}

    /** Gives the table of the schema the columns that the module's table declares. */
    static void apply(Table table, VirtualTable made) {
        String sql = made.declaration();
        if (sql == null) {
            throw error("vtable constructor did not declare schema: " + table.name());
        }
        Statement statement;
        try {
            statement = SqlParser.parseNext(sql, 0).statement();
        } catch (SqlSyntaxException e) {
            throw error(e.getMessage());
        }
        if (!(statement instanceof CreateTable create) || create.select() != null) {
            throw error("declare_vtab: syntax error");
        }
        Table declared = TableBuilder.build(
                new Schema(table.schema().database(), table.schema().name()), create, sql);
        boolean writable = made instanceof WritableVirtualTable;
        if (declared.isWithoutRowid() && writable && declared.primaryKey().keyColumns() != 1) {
            throw error("vtable constructor failed: " + table.name());
        }
        table.columns().clear();
        for (Column column : declared.columns()) {
            table.columns().add(column(column));
        }
        table.withoutRowid(declared.isWithoutRowid());
        table.primaryKey(declared.isWithoutRowid() ? declared.primaryKey() : null);
    }

    /** A column with the word HIDDEN in its type is hidden, and its type is the rest. */
    private static Column column(Column declared) {
        String type = declared.declaredType();
        int at = type == null ? -1 : positionOfHidden(type);
        if (at < 0) {
            return declared;
        }
        int end = at + HIDDEN.length();
        String rest = type.substring(0, at) + (end < type.length() ? type.substring(end + 1) : "");
        if (at == rest.length() && at > 0) {
            rest = rest.substring(0, at - 1);
        }
        return new Column(
                declared.name(),
                rest,
                declared.affinity(),
                declared.collation(),
                declared.notNull(),
                declared.defaultValue(),
                declared.defaultText(),
                declared.generated(),
                declared.stored(),
                true);
    }

    private static int positionOfHidden(String type) {
        for (int i = 0; i + HIDDEN.length() <= type.length(); i++) {
            int end = i + HIDDEN.length();
            if (type.regionMatches(true, i, HIDDEN, 0, HIDDEN.length())
                    && (i == 0 || type.charAt(i - 1) == ' ')
                    && (end == type.length() || type.charAt(end) == ' ')) {
                return i;
            }
        }
        return -1;
    }

    private static DatabaseException error(String message) {
        return new DatabaseException(ResultCode.ERROR, message);
    }
}
