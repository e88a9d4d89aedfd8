package dev.verso.sql.write;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.parser.ast.ConflictAction;
import dev.verso.parser.ast.Definition.CreateTrigger;
import dev.verso.parser.ast.Definition.TriggerEvent;
import dev.verso.parser.ast.Select;
import dev.verso.parser.ast.Statement;
import dev.verso.parser.ast.Statement.Insert;
import dev.verso.parser.ast.Statement.Update;
import dev.verso.sql.code.CodeContext;
import dev.verso.sql.code.QueryPlanLog;
import dev.verso.sql.query.Destination;
import dev.verso.sql.query.SelectCompiler;
import dev.verso.sql.resolve.Parameters;
import dev.verso.sql.resolve.Resolver;
import dev.verso.sql.resolve.Scope;
import dev.verso.sql.schema.Table;
import dev.verso.sql.schema.Trigger;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import dev.verso.vm.ProgramReference;
import java.util.List;

/**
 * The subprogram of a trigger: WHEN, then the statements of the body. One program serves all places of a statement that fire the trigger under the
 * same conflict action, itself included.
 */
final class TriggerProgram {
    /** Identifies a program within one statement. */
    private record Key(Trigger trigger, ConflictAction override) {}

    private final WriteContext context;
    private final Trigger trigger;
    private final ConflictAction override;
    private final ProgramBuilder builder = new ProgramBuilder();
    private final WriteContext nested;

    private TriggerProgram(WriteContext context, Trigger trigger, Table table, ConflictAction override) {
        this.context = context;
        this.trigger = trigger;
        this.override = override;
        builder.token(trigger);
        CodeContext code = new CodeContext(
                builder, context.code().session(), context.code().catalog(), new QueryPlanLog(false));
        code.scansBackwards(context.settings().reverseUnorderedSelects());
        SelectCompiler.install(code);
        Resolver resolver = new Resolver(
                context.code().catalog(), context.code().session().functions(), new Parameters(), trigger.sql());
        resolver.inSchema(trigger.schema().name());
        TriggerEvent event = trigger.definition().event();
        Scope scope = Scope.trigger(table, event != TriggerEvent.DELETE, event != TriggerEvent.INSERT);
        nested = new WriteContext(code, resolver, context.settings(), trigger.sql(), context, scope);
    }

    /** The program, compiled when first asked for. */
    static ProgramReference of(WriteContext context, Trigger trigger, Table table, ConflictAction override) {
        Key key = new Key(trigger, override);
        ProgramReference known = context.subprograms().get(key);
        if (known != null) {
            return known;
        }
        ProgramReference reference = new ProgramReference();
        context.subprograms().put(key, reference);
        try {
            new TriggerProgram(context, trigger, table, override).compile(reference);
        } catch (DatabaseException e) {
            if (e.code() != ResultCode.ERROR) {
                throw e;
            }
            context.triggerFailed(e);
        }
        return reference;
    }

    private void compile(ProgramReference reference) {
        CodeContext code = nested.code();
        CreateTrigger definition = trigger.definition();
        code.begin();
        String innerBefore = code.catalog().authorization().enter(trigger.name());
        int end = builder.newLabel();
        if (definition.when() != null) {
            nested.expressions().jumpIfFalse(nested.resolver().expr(definition.when(), nested.outerScope()), end, true);
        }
        for (Statement statement : definition.body()) {
            compile(statement);
        }
        code.catalog().authorization().leave(innerBefore);
        builder.place(end);
        code.finish((database, writes) -> {
            if (writes) {
                context.code().writes(database);
            } else {
                context.code().reads(database);
            }
        });
        reference.program(builder.build());
    }

    private void compile(Statement statement) {
        if (statement instanceof Statement.Query query) {
            SelectCompiler.compile(
                    nested.code(),
                    nested.resolver().select(unordered(query.select()), nested.outerScope()),
                    new Destination.Discard());
            return;
        }
        if (statement instanceof Insert insert) {
            InsertCompiler.compile(nested, overridden(insert));
        } else if (statement instanceof Update update) {
            UpdateCompiler.compile(nested, overridden(update));
        } else {
            DeleteCompiler.compile(nested, (Statement.Delete) statement);
        }
        builder.add(Opcode.ResetCount); // total_changes() counts what triggers do, changes() does not
    }

    /** Nobody sees in which order rows are thrown away: as in SQLite, ORDER BY is left out, and its names need not exist. */
    private static Select unordered(Select select) {
        return select.orderBy().isEmpty()
                ? select
                : new Select(select.span(), select.with(), select.body(), List.of(), select.limit(), select.offset());
    }

    private Insert overridden(Insert insert) {
        return override == null
                ? insert
                : new Insert(
                        insert.span(),
                        insert.with(),
                        override,
                        insert.schema(),
                        insert.table(),
                        insert.alias(),
                        insert.columns(),
                        insert.source(),
                        insert.upserts(),
                        insert.returning());
    }

    private Update overridden(Update update) {
        return override == null
                ? update
                : new Update(
                        update.span(),
                        update.with(),
                        override,
                        update.target(),
                        update.assignments(),
                        update.from(),
                        update.where(),
                        update.returning(),
                        update.orderBy(),
                        update.limit(),
                        update.offset());
    }
}
