package dev.verso.jdbc;

import dev.verso.vm.value.Value;
import java.util.List;

/** Rows in memory: metadata and generated keys. Cells are null, Long, Integer, Double, String or byte[]. */
final class ListRows implements Rows {
    private final String[] names;
    private final Rows described; // what the rows were copied from, or null
    private final List<Object[]> rows;
    private final Value[] current;
    private int next;

    ListRows(String[] names, List<Object[]> rows) {
        this(names, null, rows);
    }

    /** @param described where the rows come from */
    ListRows(Rows described, List<Object[]> rows) {
        this(names(described), described, rows);
    }

    private ListRows(String[] names, Rows described, List<Object[]> rows) {
        this.names = names;
        this.described = described;
        this.rows = rows;
        current = new Value[names.length];
        for (int i = 0; i < current.length; i++) {
            current[i] = new Value();
        }
    }

    private static String[] names(Rows described) {
        String[] names = new String[described.columnCount()];
        for (int i = 0; i < names.length; i++) {
            names[i] = described.columnName(i);
        }
        return names;
    }

    @Override
    public int columnCount() {
        return names.length;
    }

    @Override
    public String columnName(int column) {
        return names[column];
    }

    @Override
    public String declaredType(int column) {
        return described == null ? null : described.declaredType(column);
    }

    @Override
    public String schema(int column) {
        return described == null ? null : described.schema(column);
    }

    @Override
    public String table(int column) {
        return described == null ? null : described.table(column);
    }

    @Override
    public String origin(int column) {
        return described == null ? null : described.origin(column);
    }

    @Override
    public boolean next() {
        if (next >= rows.size()) {
            return false;
        }
        show(rows.get(next++));
        return true;
    }

    @Override
    public boolean isBeforeRow() {
        if (next > 0 || rows.isEmpty()) {
            return false;
        }
        show(rows.get(0));
        return true;
    }

    @Override
    public boolean showsRow() {
        return isBeforeRow() || next > 0 && next <= rows.size();
    }

    private void show(Object[] row) {
        for (int i = 0; i < names.length; i++) {
            Object cell = row[i];
            Value value = current[i];
            if (cell == null) {
                value.setNull();
            } else if (cell instanceof Number n && !(cell instanceof Double)) {
                value.setInteger(n.longValue());
            } else if (cell instanceof Double d) {
                value.setReal(d);
            } else if (cell instanceof byte[] bytes) {
                value.setBlob(bytes, 0, bytes.length);
            } else {
                value.setText(cell.toString());
            }
        }
    }

    @Override
    public Value value(int column) {
        return current[column];
    }

    @Override
    public void close() {
        next = rows.size();
    }
}
