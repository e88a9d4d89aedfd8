package dev.verso.parser.ast;

import java.util.List;

/** A statement that changes the schema. */
public sealed interface Definition extends Statement {
    /**
     * CREATE TABLE.
     *
     * @param schema null if not written
     * @param select null unless CREATE TABLE … AS; then columns and constraints are empty
     */
    record CreateTable(
            Span span,
            boolean temporary,
            boolean ifNotExists,
            Name schema,
            Name name,
            List<ColumnDefinition> columns,
            List<TableConstraint> constraints,
            boolean withoutRowid,
            boolean strict,
            Select select)
            implements Definition {}

    /** @param type null if not written */
    record ColumnDefinition(Span span, Name name, TypeName type, List<ColumnConstraint> constraints) {}

    /** A constraint of one column; {@code constraint} is the name after CONSTRAINT, or null. {@code onConflict} is null if not written. */
    sealed interface ColumnConstraint {
        Span span();

        Name constraint();
    }

    /** @param order null if not written */
    record ColumnPrimaryKey(
            Span span, Name constraint, SortOrder order, ConflictAction onConflict, boolean autoincrement)
            implements ColumnConstraint {}

    record ColumnNotNull(Span span, Name constraint, ConflictAction onConflict) implements ColumnConstraint {}

    /** {@code NULL}, which says nothing. */
    record ColumnNull(Span span, Name constraint, ConflictAction onConflict) implements ColumnConstraint {}

    record ColumnUnique(Span span, Name constraint, ConflictAction onConflict) implements ColumnConstraint {}

    record ColumnCheck(Span span, Name constraint, Expr condition, ConflictAction onConflict)
            implements ColumnConstraint {}

    /** @param value a literal, a signed number, a bare word (then a {@link Expr.StringLiteral}) or any expression in parentheses */
    record ColumnDefault(Span span, Name constraint, Expr value, boolean parenthesized) implements ColumnConstraint {}

    record ColumnCollate(Span span, Name constraint, Name collation) implements ColumnConstraint {}

    record ColumnReferences(Span span, Name constraint, ForeignKey reference) implements ColumnConstraint {}

    /** {@code [NOT] DEFERRABLE …} standing alone; it belongs to the REFERENCES before it. */
    record ColumnDeferrable(Span span, Name constraint, Deferral deferral) implements ColumnConstraint {}

    /** @param always GENERATED ALWAYS was written @param kind the word after the parentheses, STORED or VIRTUAL or another, or null */
    record ColumnGenerated(Span span, Name constraint, Expr value, boolean always, Name kind)
            implements ColumnConstraint {}

    /** A CONSTRAINT name that nothing follows. */
    record ColumnNameOnly(Span span, Name constraint) implements ColumnConstraint {}

    /** What REFERENCES says. @param columns empty if not written @param deferral null if not written */
    record ForeignKey(Span span, Name table, List<Name> columns, List<ReferenceClause> clauses, Deferral deferral) {}

    /** ON DELETE, ON UPDATE, ON INSERT, or MATCH. */
    sealed interface ReferenceClause {}

    record OnEvent(Event event, Action action) implements ReferenceClause {
        /** What happens to the parent. */
        public enum Event {
            DELETE,
            UPDATE,
            INSERT
        }

        /** What happens to the child. */
        public enum Action {
            SET_NULL,
            SET_DEFAULT,
            CASCADE,
            RESTRICT,
            NO_ACTION
        }
    }

    record Match(Name name) implements ReferenceClause {}

    /** @param initiallyDeferred null if INITIALLY was not written */
    record Deferral(boolean deferrable, Boolean initiallyDeferred) {}

    /** A constraint of the table; {@code constraint} is the name after CONSTRAINT, or null. */
    sealed interface TableConstraint {
        Span span();

        Name constraint();
    }

    record TablePrimaryKey(
            Span span, Name constraint, List<OrderingTerm> columns, boolean autoincrement, ConflictAction onConflict)
            implements TableConstraint {}

    record TableUnique(Span span, Name constraint, List<OrderingTerm> columns, ConflictAction onConflict)
            implements TableConstraint {}

    record TableCheck(Span span, Name constraint, Expr condition, ConflictAction onConflict)
            implements TableConstraint {}

    record TableForeignKey(Span span, Name constraint, List<Name> columns, ForeignKey reference)
            implements TableConstraint {}

    /** A CONSTRAINT name that nothing follows. */
    record TableNameOnly(Span span, Name constraint) implements TableConstraint {}

    /** CREATE INDEX. @param where null if not partial */
    record CreateIndex(
            Span span,
            boolean unique,
            boolean ifNotExists,
            Name schema,
            Name name,
            Name table,
            List<OrderingTerm> columns,
            Expr where)
            implements Definition {}

    /** CREATE VIEW. @param columns empty if not written */
    record CreateView(
            Span span,
            boolean temporary,
            boolean ifNotExists,
            Name schema,
            Name name,
            List<Name> columns,
            Select select)
            implements Definition {}

    /**
     * CREATE TRIGGER.
     *
     * @param time null if not written (BEFORE)
     * @param columns of UPDATE OF; empty if not written
     * @param when null if not written
     * @param body INSERT, UPDATE, DELETE and SELECT statements
     */
    record CreateTrigger(
            Span span,
            boolean temporary,
            boolean ifNotExists,
            Name schema,
            Name name,
            TriggerTime time,
            TriggerEvent event,
            List<Name> columns,
            Name tableSchema,
            Name table,
            boolean forEachRow,
            Expr when,
            List<Statement> body)
            implements Definition {}

    /** When a trigger fires. */
    enum TriggerTime {
        BEFORE,
        AFTER,
        INSTEAD_OF
    }

    /** What fires a trigger. */
    enum TriggerEvent {
        DELETE,
        INSERT,
        UPDATE
    }

    /** CREATE VIRTUAL TABLE. @param arguments each as written; empty if there are none */
    record CreateVirtualTable(
            Span span, boolean ifNotExists, Name schema, Name name, Name module, List<String> arguments)
            implements Definition {}

    /** DROP TABLE, INDEX, VIEW or TRIGGER. */
    record Drop(Span span, ObjectKind kind, boolean ifExists, Name schema, Name name) implements Definition {}

    /** Kinds of schema object. */
    enum ObjectKind {
        TABLE,
        INDEX,
        VIEW,
        TRIGGER
    }

    /** ALTER TABLE. */
    record AlterTable(Span span, Name schema, Name table, Alteration alteration) implements Definition {}

    /** What ALTER TABLE does. */
    sealed interface Alteration {}

    record RenameTable(Name newName) implements Alteration {}

    record RenameColumn(Name column, Name newName) implements Alteration {}

    record AddColumn(ColumnDefinition column) implements Alteration {}

    record DropColumn(Name column) implements Alteration {}

    /** {@code ALTER COLUMN c SET NOT NULL}. */
    record SetNotNull(Name column, ConflictAction onConflict) implements Alteration {}

    /** {@code ALTER COLUMN c DROP NOT NULL}. */
    record DropNotNull(Name column) implements Alteration {}

    /** {@code ADD [CONSTRAINT n] CHECK (…)}. */
    record AddConstraint(TableConstraint constraint) implements Alteration {}

    record DropConstraint(Name constraint) implements Alteration {}
}
