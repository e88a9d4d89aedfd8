package dev.verso.sql.ddl;

import dev.verso.parser.ast.Definition.CreateTrigger;
import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Name;
import dev.verso.parser.ast.Select;
import dev.verso.parser.ast.Statement;
import dev.verso.parser.ast.TreeWalker;
import dev.verso.sql.schema.Schema;
import dev.verso.sql.schema.Schemas;
import dev.verso.sql.write.WriteContext;

/** Refuses what a stored definition must not hold: tables of other schemas (unless it is a TEMP one), and parameters. */
final class SchemaFixer extends TreeWalker {
    private final String kind;
    private final String shownName;
    private final Schemas schemas;
    private final Schema schema;

    /** @param kind {@code trigger} or {@code view} @param shownName the object's name as written */
    SchemaFixer(String kind, String shownName, Schemas schemas, Schema schema) {
        this.kind = kind;
        this.shownName = shownName;
        this.schemas = schemas;
        this.schema = schema;
    }

    void check(CreateTrigger trigger) {
        for (Statement statement : trigger.body()) {
            walk(statement);
        }
        walk(trigger.when());
    }

    void check(Select query) {
        walk(query);
    }

    void checkSchema(Name written) {
        if (written != null
                && schema.database() != Schemas.TEMP
                && schemas.databaseNumber(written.text()) != schema.database()) {
            throw WriteContext.error(
                    kind + " " + shownName + " cannot reference objects in database " + written.text());
        }
    }

    @Override
    protected void found(Expr expr) {
        if (expr instanceof Expr.Parameter) {
            throw WriteContext.error(kind + " cannot use variables");
        }
    }

    @Override
    protected void found(Select.Source source) {
        if (source instanceof Select.TableSource table) {
            checkSchema(table.schema());
        }
    }

    @Override
    protected void found(Expr.InTable in) {
        checkSchema(in.schema());
    }
}
