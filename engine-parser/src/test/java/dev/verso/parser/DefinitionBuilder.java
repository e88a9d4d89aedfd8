package dev.verso.parser;

import dev.verso.grammar.SQLiteParser;
import dev.verso.parser.ast.ConflictAction;
import dev.verso.parser.ast.Definition;
import dev.verso.parser.ast.Definition.ColumnConstraint;
import dev.verso.parser.ast.Definition.Deferral;
import dev.verso.parser.ast.Definition.OnEvent;
import dev.verso.parser.ast.Definition.TableConstraint;
import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Name;
import dev.verso.parser.ast.SortOrder;
import dev.verso.parser.ast.Span;
import dev.verso.parser.ast.Statement;
import dev.verso.parser.ast.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Parse tree of CREATE, DROP and ALTER to AST. */
final class DefinitionBuilder {
    private final StatementBuilder statements;
    private final ExpressionBuilder expressions;
    private final TreeReader reader;

    DefinitionBuilder(StatementBuilder statements, ExpressionBuilder expressions) {
        this.statements = statements;
        this.expressions = expressions;
        this.reader = expressions.reader();
    }

    Statement definition(ParserRuleContext context) {
        Span span = reader.span(context);
        if (context instanceof SQLiteParser.CreateTableContext table) {
            return createTable(span, table);
        }
        if (context instanceof SQLiteParser.CreateIndexContext index) {
            return new Definition.CreateIndex(
                    span,
                    index.UNIQUE() != null,
                    index.ifNotExists() != null,
                    schema(index.objectName()),
                    last(index.objectName()),
                    reader.name(index.name()),
                    expressions.orderingTerms(index.orderingTerms()),
                    expressions.selects().where(index.whereClause()));
        }
        if (context instanceof SQLiteParser.CreateViewContext view) {
            return new Definition.CreateView(
                    span,
                    view.TEMP() != null || view.TEMPORARY() != null,
                    view.ifNotExists() != null,
                    schema(view.objectName()),
                    last(view.objectName()),
                    reader.names(view.indexedNames()),
                    expressions.selects().select(view.select0()));
        }
        if (context instanceof SQLiteParser.CreateTriggerContext trigger) {
            return createTrigger(span, trigger);
        }
        if (context instanceof SQLiteParser.CreateVirtualTableContext table) {
            List<String> arguments = new ArrayList<>();
            for (SQLiteParser.ModuleArgumentContext argument : table.moduleArgument()) {
                if (argument.getChildCount() > 0) {
                    arguments.add(reader.span(argument).of(reader.sql));
                }
            }
            return new Definition.CreateVirtualTable(
                    span,
                    table.ifNotExists() != null,
                    schema(table.objectName()),
                    last(table.objectName()),
                    reader.name(table.name()),
                    List.copyOf(arguments));
        }
        if (context instanceof SQLiteParser.DropObjectContext drop) {
            String kind = drop.getChild(1).getText().toUpperCase(Locale.ROOT);
            return new Definition.Drop(
                    span,
                    Definition.ObjectKind.valueOf(kind),
                    drop.EXISTS() != null,
                    schema(drop.objectName()),
                    last(drop.objectName()));
        }
        SQLiteParser.AlterTableContext alter = (SQLiteParser.AlterTableContext) context;
        return new Definition.AlterTable(
                span,
                reader.schema(alter.qualifiedName()),
                reader.last(alter.qualifiedName()),
                alteration(alter.alteration()));
    }

    private Name schema(SQLiteParser.ObjectNameContext name) {
        return reader.schema(name.qualifiedName());
    }

    private Name last(SQLiteParser.ObjectNameContext name) {
        return reader.last(name.qualifiedName());
    }

    private Statement createTable(Span span, SQLiteParser.CreateTableContext table) {
        SQLiteParser.TableContentContext content = table.tableContent();
        boolean withoutRowid = false;
        boolean strict = false;
        if (content != null) {
            for (SQLiteParser.TableOptionContext option : content.tableOption()) {
                withoutRowid |= option.WITHOUT() != null;
                strict |= option.WITHOUT() == null;
            }
        }
        return new Definition.CreateTable(
                span,
                table.TEMP() != null || table.TEMPORARY() != null,
                table.ifNotExists() != null,
                schema(table.objectName()),
                last(table.objectName()),
                content == null
                        ? List.of()
                        : content.columnDefinition().stream().map(this::column).toList(),
                content == null
                        ? List.of()
                        : content.tableConstraint().stream()
                                .map(this::tableConstraint)
                                .toList(),
                withoutRowid,
                strict,
                table.select0() == null ? null : expressions.selects().select(table.select0()));
    }

    private Definition.ColumnDefinition column(SQLiteParser.ColumnDefinitionContext column) {
        TypeName words = column.typeName() == null ? null : expressions.type(column.typeName());
        List<ColumnConstraint> constraints = new ArrayList<>();
        boolean generatedAlways = TableParser.saysGenerated(words);
        for (SQLiteParser.ColumnConstraintContext constraint : column.columnConstraint()) {
            constraints.add(columnConstraint(constraint, generatedAlways));
            generatedAlways = false;
        }
        return new Definition.ColumnDefinition(
                reader.span(column),
                reader.name(column.name()),
                TableParser.withoutGenerated(words),
                List.copyOf(constraints));
    }

    private ColumnConstraint columnConstraint(SQLiteParser.ColumnConstraintContext constraint, boolean always) {
        Span span = reader.span(constraint);
        Name name = reader.name(constraint.name());
        SQLiteParser.ColumnRuleContext rule = constraint.columnRule();
        if (rule == null) {
            return new Definition.ColumnNameOnly(span, name);
        }
        if (rule instanceof SQLiteParser.DefaultRuleContext value) {
            return value.expr() != null
                    ? new Definition.ColumnDefault(span, name, expressions.expr(value.expr()), true)
                    : new Definition.ColumnDefault(span, name, defaultValue(value.defaultValue()), false);
        }
        if (rule instanceof SQLiteParser.NullRuleContext mayBeNull) {
            return new Definition.ColumnNull(span, name, onConflict(mayBeNull.conflictClause()));
        }
        if (rule instanceof SQLiteParser.NotNullRuleContext notNull) {
            return new Definition.ColumnNotNull(span, name, onConflict(notNull.conflictClause()));
        }
        if (rule instanceof SQLiteParser.PrimaryKeyRuleContext key) {
            SortOrder order = key.ASC() != null ? SortOrder.ASC : key.DESC() != null ? SortOrder.DESC : null;
            return new Definition.ColumnPrimaryKey(
                    span, name, order, onConflict(key.conflictClause()), key.AUTOINCREMENT() != null);
        }
        if (rule instanceof SQLiteParser.UniqueRuleContext unique) {
            return new Definition.ColumnUnique(span, name, onConflict(unique.conflictClause()));
        }
        if (rule instanceof SQLiteParser.CheckRuleContext check) {
            return new Definition.ColumnCheck(span, name, expressions.expr(check.expr()), null);
        }
        if (rule instanceof SQLiteParser.ReferencesRuleContext references) {
            return new Definition.ColumnReferences(
                    span, name, foreignKey(references.references(), references.references(), null));
        }
        if (rule instanceof SQLiteParser.DeferralRuleContext deferral) {
            return new Definition.ColumnDeferrable(span, name, deferral(deferral.deferral()));
        }
        if (rule instanceof SQLiteParser.CollateRuleContext collate) {
            return new Definition.ColumnCollate(span, name, reader.name(collate.plainName()));
        }
        SQLiteParser.GeneratedRuleContext generated = (SQLiteParser.GeneratedRuleContext) rule;
        return new Definition.ColumnGenerated(
                span,
                name,
                expressions.expr(generated.expr()),
                always || generated.GENERATED() != null,
                reader.name(generated.plainIdentifier()));
    }

    private Expr defaultValue(SQLiteParser.DefaultValueContext value) {
        if (value.literal() != null) {
            Expr literal = expressions.literal(value.literal().getStart());
            if (value.PLUS() == null && value.MINUS() == null) {
                return literal;
            }
            Expr.UnaryOp op = value.PLUS() != null ? Expr.UnaryOp.PLUS : Expr.UnaryOp.NEGATE;
            return new Expr.Unary(reader.span(value), op, literal);
        }
        Name word = reader.name(value);
        boolean isTruth = word.quoting() == Name.Quoting.NONE
                && (word.text().equalsIgnoreCase("true") || word.text().equalsIgnoreCase("false"));
        return isTruth
                ? new Expr.ColumnName(word.span(), null, null, word)
                : new Expr.StringLiteral(word.span(), word.text());
    }

    private static ConflictAction onConflict(SQLiteParser.ConflictClauseContext clause) {
        return clause == null ? null : StatementBuilder.action(clause.resolution());
    }

    private Definition.ForeignKey foreignKey(
            SQLiteParser.ReferencesContext references, ParserRuleContext last, Deferral deferral) {
        List<Definition.ReferenceClause> clauses = new ArrayList<>();
        OnEvent.Event event = null;
        boolean afterMatch = false;
        for (ParseTree child : references.children) {
            switch (TreeReader.kind(child)) {
                case SQLiteParser.MATCH -> afterMatch = true;
                case SQLiteParser.DELETE -> event = OnEvent.Event.DELETE;
                case SQLiteParser.UPDATE -> event = OnEvent.Event.UPDATE;
                case SQLiteParser.INSERT -> event = OnEvent.Event.INSERT;
                default -> {
                    if (child instanceof SQLiteParser.NameContext name && afterMatch) {
                        clauses.add(new Definition.Match(reader.name(name)));
                        afterMatch = false;
                    } else if (child instanceof SQLiteParser.ReferenceActionContext action) {
                        clauses.add(new OnEvent(event, referenceAction(action)));
                    }
                }
            }
        }
        return new Definition.ForeignKey(
                reader.span(references, last),
                reader.name(references.name(0)),
                reader.names(references.indexedNames()),
                List.copyOf(clauses),
                deferral);
    }

    private static OnEvent.Action referenceAction(SQLiteParser.ReferenceActionContext action) {
        if (action.SET() != null) {
            return action.NULL() != null ? OnEvent.Action.SET_NULL : OnEvent.Action.SET_DEFAULT;
        }
        if (action.NO() != null) {
            return OnEvent.Action.NO_ACTION;
        }
        return action.CASCADE() != null ? OnEvent.Action.CASCADE : OnEvent.Action.RESTRICT;
    }

    private static Deferral deferral(SQLiteParser.DeferralContext deferral) {
        if (deferral == null) {
            return null;
        }
        Boolean initially = deferral.INITIALLY() == null ? null : Boolean.valueOf(deferral.DEFERRED() != null);
        return new Deferral(deferral.NOT() == null, initially);
    }

    private TableConstraint tableConstraint(SQLiteParser.TableConstraintContext constraint) {
        Span span = reader.span(constraint);
        Name name = reader.name(constraint.name());
        SQLiteParser.TableRuleContext rule = constraint.tableRule();
        if (rule == null) {
            return new Definition.TableNameOnly(span, name);
        }
        if (rule instanceof SQLiteParser.TablePrimaryKeyContext key) {
            return new Definition.TablePrimaryKey(
                    span,
                    name,
                    expressions.orderingTerms(key.orderingTerms()),
                    key.AUTOINCREMENT() != null,
                    onConflict(key.conflictClause()));
        }
        if (rule instanceof SQLiteParser.TableUniqueContext unique) {
            return new Definition.TableUnique(
                    span, name, expressions.orderingTerms(unique.orderingTerms()), onConflict(unique.conflictClause()));
        }
        if (rule instanceof SQLiteParser.TableCheckContext check) {
            return new Definition.TableCheck(
                    span, name, expressions.expr(check.expr()), onConflict(check.conflictClause()));
        }
        SQLiteParser.TableForeignKeyContext key = (SQLiteParser.TableForeignKeyContext) rule;
        return new Definition.TableForeignKey(
                span,
                name,
                reader.names(key.indexedNames()),
                foreignKey(
                        key.references(),
                        key.deferral() == null ? key.references() : key.deferral(),
                        deferral(key.deferral())));
    }

    private Statement createTrigger(Span span, SQLiteParser.CreateTriggerContext trigger) {
        Definition.TriggerTime time = trigger.BEFORE() != null
                ? Definition.TriggerTime.BEFORE
                : trigger.AFTER() != null
                        ? Definition.TriggerTime.AFTER
                        : trigger.INSTEAD() != null ? Definition.TriggerTime.INSTEAD_OF : null;
        Definition.TriggerEvent event = trigger.DELETE() != null
                ? Definition.TriggerEvent.DELETE
                : trigger.INSERT() != null ? Definition.TriggerEvent.INSERT : Definition.TriggerEvent.UPDATE;
        return new Definition.CreateTrigger(
                span,
                trigger.TEMP() != null || trigger.TEMPORARY() != null,
                trigger.ifNotExists() != null,
                schema(trigger.objectName()),
                last(trigger.objectName()),
                time,
                event,
                reader.names(trigger.name()),
                reader.schema(trigger.qualifiedName()),
                reader.last(trigger.qualifiedName()),
                trigger.FOR() != null,
                expressions.expr(trigger.expr()),
                trigger.triggerStatement().stream().map(statements::trigger).toList());
    }

    private Definition.Alteration alteration(SQLiteParser.AlterationContext alteration) {
        if (alteration instanceof SQLiteParser.RenameTableContext rename) {
            return new Definition.RenameTable(reader.name(rename.name()));
        }
        if (alteration instanceof SQLiteParser.RenameColumnContext rename) {
            return new Definition.RenameColumn(reader.name(rename.columnName()), reader.name(rename.name()));
        }
        if (alteration instanceof SQLiteParser.AddColumnContext add) {
            return new Definition.AddColumn(column(add.columnDefinition()));
        }
        if (alteration instanceof SQLiteParser.AddConstraintContext add) {
            Span span = new Span(
                    ((TerminalNode) add.getChild(1)).getSymbol().getStartIndex(),
                    add.getStop().getStopIndex() + 1);
            return new Definition.AddConstraint(new Definition.TableCheck(
                    span, reader.name(add.name()), expressions.expr(add.expr()), onConflict(add.conflictClause())));
        }
        if (alteration instanceof SQLiteParser.DropColumnContext drop) {
            return new Definition.DropColumn(reader.name(drop.columnName()));
        }
        if (alteration instanceof SQLiteParser.DropConstraintContext drop) {
            return new Definition.DropConstraint(reader.name(drop.name()));
        }
        if (alteration instanceof SQLiteParser.SetNotNullContext set) {
            return new Definition.SetNotNull(reader.name(set.columnName()), onConflict(set.conflictClause()));
        }
        return new Definition.DropNotNull(reader.name(((SQLiteParser.DropNotNullContext) alteration).columnName()));
    }
}
