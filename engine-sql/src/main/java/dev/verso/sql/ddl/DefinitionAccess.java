package dev.verso.sql.ddl;

import dev.verso.parser.ast.Definition;
import dev.verso.parser.ast.Name;
import dev.verso.record.AsciiCase;
import dev.verso.sql.extend.Authorization;
import dev.verso.sql.extend.Authorizer.Action;
import dev.verso.sql.schema.Index;
import dev.verso.sql.schema.Schema;
import dev.verso.sql.schema.Schemas;
import dev.verso.sql.schema.Table;
import dev.verso.sql.schema.Trigger;

/** Asks the authorizer about statements that change the schema. What the statement names and there is not, its compiler reports. */
final class DefinitionAccess {
    private final Schemas schemas;
    private final Authorization authorization;

    DefinitionAccess(Schemas schemas) {
        this.schemas = schemas;
        authorization = schemas.authorization();
    }

    /** @return false if the statement is to be left undone */
    boolean allows(Definition definition) {
        if (!authorization.isNeeded()) {
            return true;
        }
        if (definition instanceof Definition.CreateTable table) {
            Schema schema = schemaOf(table.temporary(), table.schema());
            Action action = isTemp(schema) ? Action.CREATE_TEMP_TABLE : Action.CREATE_TABLE;
            return insert(schema) && allows(action, table.name().text(), null, schema);
        } else if (definition instanceof Definition.CreateView view) {
            Schema schema = schemaOf(view.temporary(), view.schema());
            Action action = isTemp(schema) ? Action.CREATE_TEMP_VIEW : Action.CREATE_VIEW;
            return insert(schema) && allows(action, view.name().text(), null, schema);
        } else if (definition instanceof Definition.CreateVirtualTable table) {
            Schema schema = schemaOf(false, table.schema());
            return insert(schema)
                    && allows(
                            Action.CREATE_VTABLE,
                            table.name().text(),
                            table.module().text(),
                            schema);
        } else if (definition instanceof Definition.CreateIndex index) {
            Table table = schemas.table(text(index.schema()), index.table().text());
            if (table == null) {
                return true;
            }
            Action action = isTemp(table.schema()) ? Action.CREATE_TEMP_INDEX : Action.CREATE_INDEX;
            return insert(table.schema())
                    && allows(action, index.name().text(), table.name(), table.schema())
                    && allows(Action.REINDEX, index.name().text(), null, table.schema());
        } else if (definition instanceof Definition.CreateTrigger trigger) {
            Table table =
                    schemas.table(text(trigger.tableSchema()), trigger.table().text());
            if (table == null) {
                return true;
            }
            boolean temp = trigger.temporary() || isTemp(table.schema());
            Schema schema = temp ? schemas.schema(Schemas.TEMP) : table.schema();
            Action action = temp ? Action.CREATE_TEMP_TRIGGER : Action.CREATE_TRIGGER;
            return allows(action, trigger.name().text(), table.name(), schema) && insert(schema);
        } else if (definition instanceof Definition.Drop drop) {
            return drop(drop);
        } else if (definition instanceof Definition.AlterTable alter) {
            Table table = schemas.table(text(alter.schema()), alter.table().text());
            return table == null
                    || authorization.allows(Action.ALTER_TABLE, table.schema().name(), table.name(), null);
        }
        throw new IllegalStateException("unknown definition " + definition);
    }

    private boolean drop(Definition.Drop drop) {
        String schemaName = text(drop.schema());
        String name = drop.name().text();
        return switch (drop.kind()) {
            case TABLE, VIEW -> dropTable(schemas.table(schemaName, name));
            case INDEX -> {
                Index index = schemas.index(schemaName, name);
                if (index == null) {
                    yield true;
                }
                Schema schema = index.table().schema();
                Action action = isTemp(schema) ? Action.DROP_TEMP_INDEX : Action.DROP_INDEX;
                yield delete(schema)
                        && allows(action, index.name(), index.table().name(), schema);
            }
            case TRIGGER -> {
                Trigger trigger = null;
                for (Schema schema : schemas.searchOrder()) {
                    if (trigger == null && (schemaName == null || AsciiCase.same(schema.name(), schemaName))) {
                        trigger = schema.trigger(name);
                    }
                }
                if (trigger == null) {
                    yield true;
                }
                Schema schema = trigger.schema();
                Action action = isTemp(schema) ? Action.DROP_TEMP_TRIGGER : Action.DROP_TRIGGER;
                String table = trigger.definition().table().text();
                yield allows(action, trigger.name(), table, schema) && delete(schema);
            }
        };
    }

    private boolean dropTable(Table table) {
        if (table == null) {
            return true;
        }
        Schema schema = table.schema();
        boolean temp = isTemp(schema);
        String module = table.isVirtual() ? table.virtual().module() : null;
        Action action = table.isView()
                ? temp ? Action.DROP_TEMP_VIEW : Action.DROP_VIEW
                : table.isVirtual() ? Action.DROP_VTABLE : temp ? Action.DROP_TEMP_TABLE : Action.DROP_TABLE;
        return delete(schema)
                && allows(action, table.name(), module, schema)
                && allows(Action.DELETE, table.name(), null, schema);
    }

    private Schema schemaOf(boolean temporary, Name name) {
        Schema schema = name == null ? null : schemas.schema(name.text());
        return schema != null ? schema : schemas.schema(temporary ? Schemas.TEMP : Schemas.MAIN);
    }

    private static String text(Name name) {
        return name == null ? null : name.text();
    }

    private static boolean isTemp(Schema schema) {
        return schema.database() == Schemas.TEMP;
    }

    private boolean insert(Schema schema) {
        return allows(Action.INSERT, schemaTable(schema), null, schema);
    }

    private boolean delete(Schema schema) {
        return allows(Action.DELETE, schemaTable(schema), null, schema);
    }

    private static String schemaTable(Schema schema) {
        return isTemp(schema) ? "sqlite_temp_master" : "sqlite_master";
    }

    private boolean allows(Action action, String first, String second, Schema schema) {
        return authorization.allows(action, first, second, schema.name());
    }
}
