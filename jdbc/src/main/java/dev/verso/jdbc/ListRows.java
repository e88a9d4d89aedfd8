package dev.verso.jdbc;

import dev.verso.vm.value.Value;
import java.util.List;

/** Rows in memory: metadata and generated keys. Cells are null, Long, Integer, Double, String or byte[]. */
final class ListRows implements Rows {
    private final String[] names;
    private final List<Object[]> rows;
    private final Value[] current;
    private int next;

    ListRows(String[] names, List<Object[]> rows) {
        this.names = names;
        this.rows = rows;
        current = new Value[names.length];
        for (int i = 0; i < current.length; i++) {
            current[i] = new Value();
        }
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
        return null;
    }

    @Override
    public String table(int column) {
        return null;
    }

    @Override
    public String origin(int column) {
        return null;
    }

    @Override
    public boolean next() {
        if (next >= rows.size()) {
            return false;
        }
        Object[] row = rows.get(next++);
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
        return true;
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
