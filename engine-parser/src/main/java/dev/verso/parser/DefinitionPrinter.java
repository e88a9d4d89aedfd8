package dev.verso.parser;

import dev.verso.parser.ast.ConflictAction;
import dev.verso.parser.ast.Definition;
import dev.verso.parser.ast.Definition.ColumnConstraint;
import dev.verso.parser.ast.Definition.ColumnDefinition;
import dev.verso.parser.ast.Definition.TableConstraint;
import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Name;
import dev.verso.parser.ast.Statement;

/** CREATE, DROP and ALTER as SQL. */
final class DefinitionPrinter {
    private final SqlText text;
    private final StatementPrinter statements;
    private final ExpressionPrinter expressions;

    DefinitionPrinter(SqlText text, StatementPrinter statements, ExpressionPrinter expressions) {
        this.text = text;
        this.statements = statements;
        this.expressions = expressions;
    }

    void print(Definition definition) {
        if (definition instanceof Definition.CreateTable table) {
            createTable(table);
        } else if (definition instanceof Definition.CreateIndex index) {
            create(false, index.unique() ? "UNIQUE INDEX" : "INDEX", index.ifNotExists(), index.schema(), index.name());
            text.add(" ON ").name(index.table()).add(" (");
            expressions.orderingTerms(index.columns());
            text.add(")");
            expressions.selects().clause(" WHERE ", index.where());
        } else if (definition instanceof Definition.CreateView view) {
            create(view.temporary(), "VIEW", view.ifNotExists(), view.schema(), view.name());
            text.optionalNames(view.columns()).add(" AS ");
            expressions.selects().print(view.select());
        } else if (definition instanceof Definition.CreateTrigger trigger) {
            createTrigger(trigger);
        } else if (definition instanceof Definition.CreateVirtualTable table) {
            create(false, "VIRTUAL TABLE", table.ifNotExists(), table.schema(), table.name());
            text.add(" USING ").name(table.module());
            if (!table.arguments().isEmpty()) {
                text.add("(").list(table.arguments(), text::add).add(")");
            }
        } else if (definition instanceof Definition.Drop drop) {
            text.add("DROP ").add(drop.kind().name()).add(drop.ifExists() ? " IF EXISTS " : " ");
            text.qualified(drop.schema(), drop.name());
        } else if (definition instanceof Definition.AlterTable alter) {
            text.add("ALTER TABLE ").qualified(alter.schema(), alter.table()).add(" ");
            alteration(alter.alteration());
        } else {
            throw new AssertionError("no text for " + definition);
        }
    }

    private void create(boolean temporary, String kind, boolean ifNotExists, Name schema, Name name) {
        text.add(temporary ? "CREATE TEMPORARY " : "CREATE ").add(kind).add(ifNotExists ? " IF NOT EXISTS " : " ");
        text.qualified(schema, name);
    }

    private void createTable(Definition.CreateTable table) {
        create(table.temporary(), "TABLE", table.ifNotExists(), table.schema(), table.name());
        if (table.select() != null) {
            text.add(" AS ");
            expressions.selects().print(table.select());
            return;
        }
        text.add(" (").list(table.columns(), this::column);
        for (TableConstraint constraint : table.constraints()) {
            text.add(", ");
            tableConstraint(constraint);
        }
        text.add(")");
        if (table.withoutRowid()) {
            text.add(" WITHOUT ROWID");
        }
        if (table.strict()) {
            text.add(table.withoutRowid() ? ", STRICT" : " STRICT");
        }
    }

    private void column(ColumnDefinition column) {
        text.name(column.name());
        if (column.type() != null) {
            text.add(" ").add(column.type().text());
            if (TableParser.withoutGenerated(column.type()) != column.type() && !beginsGenerated(column)) {
                // Of a type that ends in ALWAYS, that word is cut off once.
                text.add(" ALWAYS");
            }
        }
        for (ColumnConstraint constraint : column.constraints()) {
            constraintName(" ", constraint.constraint());
            columnConstraint(constraint);
        }
    }

    private static boolean beginsGenerated(ColumnDefinition column) {
        return !column.constraints().isEmpty()
                && column.constraints().get(0) instanceof Definition.ColumnGenerated generated
                && generated.always()
                && generated.constraint() == null;
    }

    private void constraintName(String before, Name name) {
        if (name != null) {
            text.add(before).add("CONSTRAINT ").name(name);
        }
    }

    private void columnConstraint(ColumnConstraint constraint) {
        if (constraint instanceof Definition.ColumnPrimaryKey key) {
            text.add(" PRIMARY KEY");
            if (key.order() != null) {
                text.add(" ").add(key.order().name());
            }
            onConflict(key.onConflict());
            text.add(key.autoincrement() ? " AUTOINCREMENT" : "");
        } else if (constraint instanceof Definition.ColumnNotNull notNull) {
            text.add(" NOT NULL");
            onConflict(notNull.onConflict());
        } else if (constraint instanceof Definition.ColumnNull mayBeNull) {
            text.add(" NULL");
            onConflict(mayBeNull.onConflict());
        } else if (constraint instanceof Definition.ColumnUnique unique) {
            text.add(" UNIQUE");
            onConflict(unique.onConflict());
        } else if (constraint instanceof Definition.ColumnCheck check) {
            parenthesized(" CHECK (", check.condition());
            onConflict(check.onConflict());
        } else if (constraint instanceof Definition.ColumnDefault value) {
            if (value.parenthesized()) {
                parenthesized(" DEFAULT (", value.value());
            } else {
                text.add(" DEFAULT ");
                statements.expression(value.value());
            }
        } else if (constraint instanceof Definition.ColumnCollate collate) {
            text.add(" COLLATE ").name(collate.collation());
        } else if (constraint instanceof Definition.ColumnReferences references) {
            foreignKey(references.reference());
        } else if (constraint instanceof Definition.ColumnDeferrable deferrable) {
            deferral(deferrable.deferral());
        } else if (constraint instanceof Definition.ColumnGenerated generated) {
            parenthesized(generated.always() ? " GENERATED ALWAYS AS (" : " AS (", generated.value());
            if (generated.kind() != null) {
                // SQLite compares the word with its quotes.
                text.add(" ");
                if (generated.kind().quoting() == Name.Quoting.NONE) {
                    text.add(generated.kind().text());
                } else {
                    text.name(generated.kind());
                }
            }
        } else if (!(constraint instanceof Definition.ColumnNameOnly)) {
            throw new AssertionError("no text for " + constraint);
        }
    }

    private void parenthesized(String before, Expr expr) {
        text.add(before);
        expressions.print(expr);
        text.add(")");
    }

    private void onConflict(ConflictAction action) {
        if (action != null) {
            text.add(" ON CONFLICT ").add(action.name());
        }
    }

    private void foreignKey(Definition.ForeignKey key) {
        text.add(" REFERENCES ").name(key.table()).optionalNames(key.columns());
        for (Definition.ReferenceClause clause : key.clauses()) {
            if (clause instanceof Definition.OnEvent onEvent) {
                text.add(" ON ").add(onEvent.event().name());
                text.add(" ").add(onEvent.action().name().replace('_', ' '));
            } else if (clause instanceof Definition.Match match) {
                text.add(" MATCH ").name(match.name());
            } else {
                throw new AssertionError("no text for " + clause);
            }
        }
        if (key.deferral() != null) {
            deferral(key.deferral());
        }
    }

    private void deferral(Definition.Deferral deferral) {
        text.add(deferral.deferrable() ? " DEFERRABLE" : " NOT DEFERRABLE");
        if (deferral.initiallyDeferred() != null) {
            text.add(deferral.initiallyDeferred() ? " INITIALLY DEFERRED" : " INITIALLY IMMEDIATE");
        }
    }

    private void tableConstraint(TableConstraint constraint) {
        constraintName("", constraint.constraint());
        text.add(constraint.constraint() != null ? " " : "");
        if (constraint instanceof Definition.TablePrimaryKey key) {
            text.add("PRIMARY KEY (");
            expressions.orderingTerms(key.columns());
            text.add(key.autoincrement() ? " AUTOINCREMENT)" : ")");
            onConflict(key.onConflict());
        } else if (constraint instanceof Definition.TableUnique unique) {
            text.add("UNIQUE (");
            expressions.orderingTerms(unique.columns());
            text.add(")");
            onConflict(unique.onConflict());
        } else if (constraint instanceof Definition.TableCheck check) {
            parenthesized("CHECK (", check.condition());
            onConflict(check.onConflict());
        } else if (constraint instanceof Definition.TableForeignKey key) {
            text.add("FOREIGN KEY (").names(key.columns()).add(")");
            foreignKey(key.reference());
        } else if (!(constraint instanceof Definition.TableNameOnly)) {
            throw new AssertionError("no text for " + constraint);
        }
    }

    private void createTrigger(Definition.CreateTrigger trigger) {
        create(trigger.temporary(), "TRIGGER", trigger.ifNotExists(), trigger.schema(), trigger.name());
        if (trigger.time() != null) {
            text.add(" ").add(trigger.time().name().replace('_', ' '));
        }
        text.add(" ").add(trigger.event().name());
        if (!trigger.columns().isEmpty()) {
            text.add(" OF ").names(trigger.columns());
        }
        text.add(" ON ").qualified(trigger.tableSchema(), trigger.table());
        text.add(trigger.forEachRow() ? " FOR EACH ROW" : "");
        expressions.selects().clause(" WHEN ", trigger.when());
        text.add(" BEGIN");
        for (Statement statement : trigger.body()) {
            text.add(" ");
            statements.print(statement);
            text.add(";");
        }
        text.add(" END");
    }

    private void alteration(Definition.Alteration alteration) {
        if (alteration instanceof Definition.RenameTable rename) {
            text.add("RENAME TO ").name(rename.newName());
        } else if (alteration instanceof Definition.RenameColumn rename) {
            text.add("RENAME COLUMN ").name(rename.column()).add(" TO ").name(rename.newName());
        } else if (alteration instanceof Definition.AddColumn add) {
            text.add("ADD COLUMN ");
            column(add.column());
        } else if (alteration instanceof Definition.DropColumn drop) {
            text.add("DROP COLUMN ").name(drop.column());
        } else if (alteration instanceof Definition.SetNotNull set) {
            text.add("ALTER COLUMN ").name(set.column()).add(" SET NOT NULL");
            onConflict(set.onConflict());
        } else if (alteration instanceof Definition.DropNotNull drop) {
            text.add("ALTER COLUMN ").name(drop.column()).add(" DROP NOT NULL");
        } else if (alteration instanceof Definition.AddConstraint add) {
            text.add("ADD ");
            tableConstraint(add.constraint());
        } else if (alteration instanceof Definition.DropConstraint drop) {
            text.add("DROP CONSTRAINT ").name(drop.constraint());
        } else {
            throw new AssertionError("no text for " + alteration);
        }
    }
}
