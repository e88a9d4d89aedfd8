package dev.verso.jdbc;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.vm.value.Value;
import dev.verso.vtab.ConstraintOperator;
import dev.verso.vtab.FilterArguments;
import dev.verso.vtab.IndexRequest;
import dev.verso.vtab.ModuleContext;
import dev.verso.vtab.VirtualCursor;
import dev.verso.vtab.VirtualModule;
import dev.verso.vtab.VirtualTable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** A table-valued function whose rows are the answer to its arguments, in one go: a list of columns, then hidden ones for the arguments. */
final class FunctionModule implements VirtualModule {
    /** Answers a call. */
    interface Rows {
        /**
         * The rows, each with the values of the columns: null, {@link Long} or {@link String}.
         *
         * @param arguments null for those that are not given
         */
        Answer of(String[] arguments);
    }

    /** Rows, and what is held while they are read. */
    interface Answer extends Iterator<Object[]>, AutoCloseable {
        @Override
        default void close() {}
    }

    private final String name;
    private final String declaration;
    private final int columns;
    private final int needed;
    private final int arguments;
    private final Rows rows;

    /**
     * @param columns declarations of the columns
     * @param hidden names of the arguments
     * @param needed how many of them must be given
     */
    FunctionModule(String name, List<String> columns, List<String> hidden, int needed, Rows rows) {
        this.name = name;
        this.columns = columns.size();
        this.needed = needed;
        arguments = hidden.size();
        this.rows = rows;
        StringBuilder text = new StringBuilder("CREATE TABLE x(").append(String.join(",", columns));
        hidden.forEach(each -> text.append(',').append(each).append(" HIDDEN"));
        declaration = text.append(')').toString();
    }

    @Override
    public Kind kind() {
        return Kind.EPONYMOUS_ONLY;
    }

    @Override
    public VirtualTable connect(ModuleContext context, List<String> text) {
        return new Table();
    }

    private final class Table implements VirtualTable {
        @Override
        public String declaration() {
            return declaration;
        }

        @Override
        public boolean bestIndex(IndexRequest request) {
            int[] chosen = new int[arguments];
            Arrays.fill(chosen, -1);
            for (int i = 0; i < request.constraintCount(); i++) {
                int argument = request.column(i) - columns;
                if (argument < 0 || request.operator(i) != ConstraintOperator.EQUAL) {
                    continue;
                }
                if (!request.isUsable(i)) {
                    return false;
                }
                chosen[argument] = i;
            }
            int given = 0;
            int position = 0;
            for (int argument = 0; argument < arguments; argument++) {
                if (chosen[argument] >= 0) {
                    given |= 1 << argument;
                    request.use(chosen[argument], position++, true);
                } else if (argument < needed) {
                    throw new DatabaseException(
                            ResultCode.ERROR, name + "() needs " + needed + (needed == 1 ? " argument" : " arguments"));
                }
            }
            request.index(given, null);
            request.estimatedCost(1_000);
            request.estimatedRows(100);
            return true;
        }

        @Override
        public VirtualCursor open() {
            return new Cursor();
        }

        @Override
        public Trust trust() {
            return Trust.DIRECT_ONLY;
        }
    }

    private final class Cursor implements VirtualCursor {
        private String[] values;
        private Answer answer;
        private Object[] row;
        private long rowid;

        @Override
        public void filter(int given, String indexText, FilterArguments from) {
            values = new String[arguments];
            int position = 0;
            for (int i = 0; i < arguments; i++) {
                if ((given & 1 << i) != 0) {
                    values[i] = from.value(position++).asString();
                }
            }
            close();
            answer = rows.of(values);
            rowid = 0;
            next();
        }

        @Override
        public void close() {
            if (answer != null) {
                answer.close();
                answer = null;
            }
        }

        @Override
        public boolean isEnd() {
            return row == null;
        }

        @Override
        public void next() {
            row = answer.hasNext() ? answer.next() : null;
            rowid++;
        }

        @Override
        public void column(int column, Value result) {
            Object value = column < columns ? row[column] : values[column - columns];
            if (value instanceof Long number) {
                result.setInteger(number);
            } else if (value != null) {
                result.setText(value.toString());
            }
        }

        @Override
        public long rowid() {
            return rowid;
        }
    }
}
