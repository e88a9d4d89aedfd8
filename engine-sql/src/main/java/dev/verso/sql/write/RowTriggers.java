package dev.verso.sql.write;

import dev.verso.parser.ast.ConflictAction;
import dev.verso.parser.ast.Definition.TriggerEvent;
import dev.verso.parser.ast.Definition.TriggerTime;
import dev.verso.parser.ast.Name;
import dev.verso.parser.ast.Statement.Assignment;
import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.Source;
import dev.verso.sql.schema.Schema;
import dev.verso.sql.schema.Schemas;
import dev.verso.sql.schema.Table;
import dev.verso.sql.schema.Trigger;
import dev.verso.vm.Opcode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The triggers that a statement fires on a table, in SQLite's order: TEMP triggers on a table of another schema first, the oldest of them first; then
 * the table's own, the newest first.
 *
 * <p>A subprogram finds OLD and NEW in the registers of its caller as one block: the old rowid, the old columns, the new rowid, the new columns. Where
 * there is only a NEW, the block begins in thought before it.
 */
final class RowTriggers {
    private static final RowTriggers NONE = new RowTriggers(null, null, List.of());

    private final WriteContext context;
    private final Table table;
    private final List<Trigger> triggers;

    private RowTriggers(WriteContext context, Table table, List<Trigger> triggers) {
        this.context = context;
        this.table = table;
        this.triggers = triggers;
    }

    /** For DELETE and INSERT. */
    static RowTriggers of(WriteContext context, Table table, TriggerEvent event) {
        return find(context, table, event, null);
    }

    /** For an UPDATE with those assignments. */
    static RowTriggers ofUpdate(WriteContext context, Table table, List<Assignment> assignments) {
        return find(context, table, TriggerEvent.UPDATE, assignments);
    }

    /** For the deletion of a row that is in the way of another one (REPLACE): with recursive triggers only. */
    static RowTriggers ofReplacedRow(WriteContext context, Table table) {
        return context.settings().recursiveTriggers() ? of(context, table, TriggerEvent.DELETE) : NONE;
    }

    static RowTriggers none() {
        return NONE;
    }

    private static RowTriggers find(
            WriteContext context, Table table, TriggerEvent event, List<Assignment> assignments) {
        if (table.schema() == null || context.isDroppingTable()) {
            return NONE;
        }
        Schema temp = context.code().catalog().schema(Schemas.TEMP);
        if (table.triggers().isEmpty() && temp.triggers().isEmpty()) {
            return NONE;
        }
        List<Trigger> found = new ArrayList<>();
        for (Trigger trigger : all(temp, table)) {
            if (trigger.definition().event() == event && concerns(trigger, assignments)) {
                found.add(trigger);
            }
        }
        return found.isEmpty() ? NONE : new RowTriggers(context, table, found);
    }

    /** True if there is any trigger on the table, whatever fires it. */
    static boolean anyOn(WriteContext context, Table table) {
        return !all(context.code().catalog().schema(Schemas.TEMP), table).isEmpty();
    }

    private static List<Trigger> all(Schema temp, Table table) {
        List<Trigger> all = new ArrayList<>();
        if (table.schema() != temp) {
            for (Trigger trigger : temp.triggers()) {
                if (trigger.isOn(table)) {
                    all.add(0, trigger);
                }
            }
        }
        all.addAll(table.triggers());
        return all;
    }

    /** UPDATE OF: one of the columns is assigned. Names are compared as they are written: {@code rowid} is no other name of a column. */
    private static boolean concerns(Trigger trigger, List<Assignment> assignments) {
        List<Name> columns = trigger.definition().columns();
        if (assignments == null || columns.isEmpty()) {
            return true;
        }
        for (Assignment assignment : assignments) {
            for (Name assigned : assignment.columns()) {
                for (Name column : columns) {
                    if (AsciiCase.same(column.text(), assigned.text())) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    boolean isEmpty() {
        return triggers.isEmpty();
    }

    /** True if some of them fire before the change, or instead of it. */
    boolean firesBefore() {
        for (Trigger trigger : triggers) {
            if (!isAfter(trigger)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAfter(Trigger trigger) {
        return trigger.definition().time() == TriggerTime.AFTER;
    }

    /** Compiles the programs of all of them in their order: so UPDATE and DELETE report the first one that makes no sense. */
    void compileAll(ConflictAction override) {
        for (Trigger trigger : triggers) {
            TriggerProgram.of(context, trigger, table, override);
        }
    }

    /**
     * Emits the calls of those that fire before the change or instead of it.
     *
     * @param block first register of OLD and NEW
     * @param override conflict action of the statement, which its triggers' statements follow; null if it says none
     * @param ignored where RAISE(IGNORE) goes on
     */
    void fireBefore(int block, ConflictAction override, int ignored) {
        fire(trigger -> !isAfter(trigger), block, override, ignored);
    }

    /**
     * Emits the calls of those that fire after the change. RETURNING has its turn among them, as in SQLite: after TEMP triggers on a table of another
     * schema, before the table's own.
     *
     * @param returning null if there is none
     * @param row what it returns
     */
    void fireAfter(int block, ConflictAction override, int ignored, Returning returning, Source row) {
        if (!isEmpty()) {
            fire(trigger -> isAfter(trigger) && trigger.schema() != table.schema(), block, override, ignored);
        }
        if (returning != null) {
            returning.keepRow(row);
        }
        if (!isEmpty()) {
            fire(trigger -> isAfter(trigger) && trigger.schema() == table.schema(), block, override, ignored);
        }
    }

    private void fire(Predicate<Trigger> which, int block, ConflictAction override, int ignored) {
        for (Trigger trigger : triggers) {
            if (which.test(trigger)) {
                Object program = TriggerProgram.of(context, trigger, table, override);
                context.builder()
                        .add(
                                Opcode.Program,
                                block,
                                ignored,
                                context.builder().newRegister(),
                                program,
                                context.settings().recursiveTriggers() ? 0 : 1);
                context.builder().comment(trigger.name());
            }
        }
    }

    /** Where the block of a row begins that has only a NEW, whose rowid is in that register. */
    static int blockOfNew(Table table, int newRowid) {
        return newRowid - 1 - table.columns().size();
    }
}
