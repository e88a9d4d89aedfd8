package dev.verso.sql.pragma;

import dev.verso.sql.code.RowProgram;
import dev.verso.sql.pragma.PragmaDefinition.Form;
import dev.verso.vm.value.Value;
import dev.verso.vtab.ConstraintOperator;
import dev.verso.vtab.FilterArguments;
import dev.verso.vtab.IndexRequest;
import dev.verso.vtab.ModuleContext;
import dev.verso.vtab.VirtualCursor;
import dev.verso.vtab.VirtualModule;
import dev.verso.vtab.VirtualTable;
import java.util.List;

/**
 * A pragma as a table-valued function: {@code pragma_table_info('t')}. Hidden columns take the argument and the schema. What needs a snapshot or code of
 * its own runs as a PRAGMA statement inside the statement.
 */
public final class PragmaModule implements VirtualModule {
    private static final String PREFIX = "pragma_";
    private static final double WITHOUT_ARGUMENT = Integer.MAX_VALUE;

    private final PragmaHost host;
    private final PragmaDefinition definition;

    private PragmaModule(PragmaHost host, PragmaDefinition definition) {
        this.host = host;
        this.definition = definition;
    }

    /** The module of that name in lower case, or null. */
    public static VirtualModule find(PragmaHost host, String name) {
        if (!name.startsWith(PREFIX)) {
            return null;
        }
        PragmaDefinition definition = PragmaDefinition.find(name.substring(PREFIX.length()));
        return definition == null || !definition.hasFunction() ? null : new PragmaModule(host, definition);
    }

    @Override
    public Kind kind() {
        return Kind.EPONYMOUS_ONLY;
    }

    @Override
    public VirtualTable connect(ModuleContext context, List<String> arguments) {
        return new Rows();
    }

    private final class Rows implements VirtualTable {
        private final int visible = definition.columns().size();
        private final int hidden = (definition.is(Form.ASKS) ? 1 : 0) + (definition.is(Form.SCHEMA) ? 1 : 0);

        @Override
        public String declaration() {
            StringBuilder sql = new StringBuilder("CREATE TABLE x(");
            for (int i = 0; i < visible; i++) {
                sql.append(i == 0 ? "\"" : ",\"")
                        .append(definition.columns().get(i))
                        .append('"');
            }
            sql.append(definition.is(Form.ASKS) ? ",arg HIDDEN" : "")
                    .append(definition.is(Form.SCHEMA) ? ",schema HIDDEN" : "");
            return sql.append(')').toString();
        }

        @Override
        public boolean bestIndex(IndexRequest request) {
            request.estimatedCost(1);
            if (hidden == 0) {
                return true;
            }
            int[] seen = new int[2];
            for (int i = 0; i < request.constraintCount(); i++) {
                if (request.column(i) < visible || request.operator(i) != ConstraintOperator.EQUAL) {
                    continue;
                }
                if (!request.isUsable(i)) {
                    return false;
                }
                seen[request.column(i) - visible] = i + 1;
            }
            if (seen[0] == 0) {
                request.estimatedCost(WITHOUT_ARGUMENT);
                request.estimatedRows((long) WITHOUT_ARGUMENT);
                return true;
            }
            request.use(seen[0] - 1, 0, true);
            request.estimatedCost(20);
            request.estimatedRows(20);
            if (seen[1] != 0) {
                request.use(seen[1] - 1, 1, true);
            }
            return true;
        }

        @Override
        public VirtualCursor open() {
            return new RowCursor(visible);
        }
    }

    private final class RowCursor implements VirtualCursor {
        private final int visible;
        private final String[] given = new String[2];
        private List<Object[]> rows = List.of();
        private int row;

        RowCursor(int visible) {
            this.visible = visible;
        }

        @Override
        public void filter(int indexNumber, String indexText, FilterArguments arguments) {
            given[0] = arguments.count() > 0 ? arguments.value(0).asString() : null;
            given[1] = arguments.count() > 1 ? arguments.value(1).asString() : null;
            row = 0;
            String argument = definition.is(Form.ASKS) ? given[0] : null;
            String schema = !definition.is(Form.SCHEMA) ? null : definition.is(Form.ASKS) ? given[1] : given[0];
            int database = schema == null ? 0 : host.session().databaseIndex(schema);
            if (definition.rows() != null && !definition.needsSnapshot() && database >= 0) {
                rows = definition.rows().apply(new PragmaCall(host, schema, database, argument));
                return;
            }
            String prefix = schema == null ? "" : quoted(schema) + ".";
            String value = argument == null ? "" : "=" + quoted(argument);
            rows = host.query("PRAGMA " + prefix + definition.name() + value);
        }

        private static String quoted(String text) {
            return "'" + text.replace("'", "''") + "'";
        }

        @Override
        public boolean isEnd() {
            return row >= rows.size();
        }

        @Override
        public void next() {
            row++;
        }

        @Override
        public void column(int column, Value result) {
            if (column < visible) {
                RowProgram.set(result, rows.get(row)[column]);
            } else if (given[column - visible] != null) {
                result.setText(given[column - visible]);
            }
        }

        @Override
        public long rowid() {
            return row + 1L;
        }
    }
}
