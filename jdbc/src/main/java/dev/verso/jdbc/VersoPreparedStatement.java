package dev.verso.jdbc;

import dev.verso.error.DatabaseException;
import dev.verso.vm.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.List;

/** A statement prepared once. Its parameters are the engine's own values: setting one allocates nothing. */
final class VersoPreparedStatement extends VersoStatement implements PreparedStatement {
    private static final long TO_THE_END = Long.MIN_VALUE;

    private final dev.verso.sql.PreparedStatement statement;
    private final Keys keysWanted;
    private final boolean returningKeys;
    private final List<Object[]> rows = new ArrayList<>();
    private final boolean[] set;

    VersoPreparedStatement(
            VersoConnection connection, dev.verso.sql.PreparedStatement statement, Keys wanted, boolean returningKeys) {
        super(connection);
        this.statement = statement;
        this.keysWanted = wanted;
        this.returningKeys = returningKeys;
        this.set = new boolean[statement.parameterCount() + 1];
    }

    private Value parameter(int index) throws SQLException {
        checkOpen();
        if (index < 1 || index >= set.length) {
            throw SqlErrors.outOfRange("parameter " + index + " of " + (set.length - 1));
        }
        if (currentResult() != null) {
            closeResult();
        }
        set[index] = true;
        return statement.parameter(index);
    }

    private void begin() throws SQLException {
        checkOpen();
        closeResult();
        checkAllSet();
    }

    private void checkAllSet() throws SQLException {
        for (int i = 1; i < set.length; i++) {
            if (!set[i]) {
                throw SqlErrors.misuse("parameter " + i + " of " + (set.length - 1) + " is not set");
            }
        }
    }

    @Override
    public boolean execute() throws SQLException {
        return execute(true);
    }

    private boolean execute(boolean rowsWanted) throws SQLException {
        begin();
        keys.begin(keysWanted);
        keys.returning(returningKeys);
        return runOnce(rowsWanted);
    }

    private boolean runOnce(boolean rowsWanted) throws SQLException {
        try {
            return run(statement, rowsWanted);
        } catch (DatabaseException e) {
            throw failed(e);
        }
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        checkOpen();
        if (statement.columnCount() == 0 || returningKeys) {
            throw SqlErrors.misuse("query does not return results");
        }
        connection.lock().enter();
        try {
            execute(true);
            return currentResult();
        } finally {
            connection.lock().exit();
        }
    }

    @Override
    public int executeUpdate() throws SQLException {
        return clamp(executeLargeUpdate());
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        checkNoQuery();
        execute(false);
        return getLargeUpdateCount();
    }

    private void checkNoQuery() throws SQLException {
        checkOpen();
        if (!returningKeys && isQuery(statement)) {
            throw SqlErrors.misuse("query returns results");
        }
    }

    @Override
    public void addBatch() throws SQLException {
        checkOpen();
        checkAllSet();
        Object[] row = new Object[set.length];
        for (int i = 1; i < set.length; i++) {
            row[i] = Parameters.snapshot(statement.parameter(i));
        }
        rows.add(row);
    }

    @Override
    public void clearBatch() throws SQLException {
        checkOpen();
        rows.clear();
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        checkNoQuery();
        closeResult();
        keys.begin(keysWanted);
        long[] counts = new long[rows.size()];
        int done = 0;
        try {
            for (; done < counts.length; done++) {
                Object[] row = rows.get(done);
                for (int i = 1; i < row.length; i++) {
                    Parameters.restore(row[i], statement.parameter(i));
                }
                keys.returning(returningKeys);
                runOnce(false);
                counts[done] = getLargeUpdateCount();
            }
        } catch (SQLException e) {
            throw failedAt(done, counts, e);
        } finally {
            rows.clear();
        }
        return counts;
    }

    @Override
    public void clearParameters() throws SQLException {
        checkOpen();
        closeResult();
        statement.clearParameters();
        Arrays.fill(set, false);
    }

    @Override
    public ResultSetMetaData getMetaData() throws SQLException {
        checkOpen();
        return statement.columnCount() == 0 || returningKeys
                ? null
                : new VersoResultSetMetaData(new StatementRows(statement, this), connection);
    }

    @Override
    public ParameterMetaData getParameterMetaData() throws SQLException {
        checkOpen();
        return new VersoParameterMetaData(set.length - 1);
    }

    @Override
    public void close() throws SQLException {
        connection.lock().enter();
        try {
            if (!isClosed()) {
                super.close();
                statement.close();
            }
        } finally {
            connection.lock().exit();
        }
    }

    @Override
    public String toString() {
        return statement.sql();
    }

    // ---- parameters

    @Override
    public void setNull(int index, int sqlType) throws SQLException {
        parameter(index).setNull();
    }

    @Override
    public void setNull(int index, int sqlType, String typeName) throws SQLException {
        parameter(index).setNull();
    }

    @Override
    public void setBoolean(int index, boolean x) throws SQLException {
        parameter(index).setInteger(x ? 1 : 0);
    }

    @Override
    public void setByte(int index, byte x) throws SQLException {
        parameter(index).setInteger(x);
    }

    @Override
    public void setShort(int index, short x) throws SQLException {
        parameter(index).setInteger(x);
    }

    @Override
    public void setInt(int index, int x) throws SQLException {
        parameter(index).setInteger(x);
    }

    @Override
    public void setLong(int index, long x) throws SQLException {
        parameter(index).setInteger(x);
    }

    @Override
    public void setFloat(int index, float x) throws SQLException {
        parameter(index).setReal(x);
    }

    @Override
    public void setDouble(int index, double x) throws SQLException {
        parameter(index).setReal(x);
    }

    @Override
    public void setBigDecimal(int index, BigDecimal x) throws SQLException {
        setString(index, x == null ? null : x.toString());
    }

    @Override
    public void setString(int index, String x) throws SQLException {
        Value value = parameter(index);
        if (x == null) {
            value.setNull();
        } else {
            value.setText(x);
        }
    }

    @Override
    public void setNString(int index, String x) throws SQLException {
        setString(index, x);
    }

    @Override
    public void setBytes(int index, byte[] x) throws SQLException {
        Value value = parameter(index);
        if (x == null) {
            value.setNull();
        } else {
            value.setBlob(x, 0, x.length);
        }
    }

    @Override
    public void setDate(int index, Date x) throws SQLException {
        setDate(index, x, null);
    }

    @Override
    public void setDate(int index, Date x, Calendar calendar) throws SQLException {
        Parameters.setTime(parameter(index), x, calendar, connection.settings());
    }

    @Override
    public void setTime(int index, Time x) throws SQLException {
        setTime(index, x, null);
    }

    @Override
    public void setTime(int index, Time x, Calendar calendar) throws SQLException {
        Parameters.setTime(parameter(index), x, calendar, connection.settings());
    }

    @Override
    public void setTimestamp(int index, Timestamp x) throws SQLException {
        setTimestamp(index, x, null);
    }

    @Override
    public void setTimestamp(int index, Timestamp x, Calendar calendar) throws SQLException {
        Parameters.setTime(parameter(index), x, calendar, connection.settings());
    }

    @Override
    public void setObject(int index, Object x) throws SQLException {
        Parameters.setObject(parameter(index), x, connection.settings());
    }

    @Override
    public void setObject(int index, Object x, int targetSqlType) throws SQLException {
        setObject(index, x);
    }

    @Override
    public void setObject(int index, Object x, int targetSqlType, int scaleOrLength) throws SQLException {
        setObject(index, x);
    }

    @Override
    public void setObject(int index, Object x, SQLType targetSqlType) throws SQLException {
        setObject(index, x);
    }

    @Override
    public void setObject(int index, Object x, SQLType targetSqlType, int scaleOrLength) throws SQLException {
        setObject(index, x);
    }

    @Override
    public void setBlob(int index, Blob x) throws SQLException {
        setBytes(index, x == null ? null : x.getBytes(1, (int) x.length()));
    }

    @Override
    public void setClob(int index, Clob x) throws SQLException {
        setString(index, x == null ? null : x.getSubString(1, (int) x.length()));
    }

    @Override
    public void setNClob(int index, NClob x) throws SQLException {
        setClob(index, x);
    }

    /** All that a stream gives, or just {@code length} bytes of it. */
    private static byte[] read(int index, InputStream x, long length) throws SQLException {
        try {
            byte[] bytes = length == TO_THE_END ? x.readAllBytes() : x.readNBytes(checkLength(length));
            checkEnough(index, bytes.length, length);
            return bytes;
        } catch (IOException e) {
            throw new SQLException("the stream for parameter " + index + " can't be read", "58030", e);
        }
    }

    private static int checkLength(long length) throws SQLException {
        if (length < 0 || length > Integer.MAX_VALUE - 8) {
            throw SqlErrors.outOfRange("length " + length);
        }
        return (int) length;
    }

    private static void checkEnough(int index, long found, long length) throws SQLException {
        if (length != TO_THE_END && found < length) {
            throw SqlErrors.badValue(
                    "the stream for parameter " + index + " ends after " + found + " of " + length + " units");
        }
    }

    private void bytes(int index, InputStream x, long length) throws SQLException {
        setBytes(index, x == null ? null : read(index, x, length));
    }

    private void ascii(int index, InputStream x, long length) throws SQLException {
        setString(index, x == null ? null : new String(read(index, x, length), StandardCharsets.UTF_8));
    }

    private void characters(int index, Reader x, long length) throws SQLException {
        if (x == null) {
            setString(index, null);
            return;
        }
        try {
            StringBuilder text = new StringBuilder();
            char[] buffer = new char[4096];
            long left = length == TO_THE_END ? Long.MAX_VALUE : checkLength(length);
            int n;
            while (left > 0 && (n = x.read(buffer, 0, (int) Math.min(buffer.length, left))) > 0) {
                text.append(buffer, 0, n);
                left -= n;
            }
            checkEnough(index, text.length(), length);
            setString(index, text.toString());
        } catch (IOException e) {
            throw new SQLException("the reader for parameter " + index + " can't be read", "58030", e);
        }
    }

    @Override
    public void setBinaryStream(int index, InputStream x) throws SQLException {
        bytes(index, x, TO_THE_END);
    }

    @Override
    public void setBinaryStream(int index, InputStream x, int length) throws SQLException {
        bytes(index, x, length);
    }

    @Override
    public void setBinaryStream(int index, InputStream x, long length) throws SQLException {
        bytes(index, x, length);
    }

    @Override
    public void setAsciiStream(int index, InputStream x) throws SQLException {
        ascii(index, x, TO_THE_END);
    }

    @Override
    public void setAsciiStream(int index, InputStream x, int length) throws SQLException {
        ascii(index, x, length);
    }

    @Override
    public void setAsciiStream(int index, InputStream x, long length) throws SQLException {
        ascii(index, x, length);
    }

    @Override
    public void setCharacterStream(int index, Reader x) throws SQLException {
        characters(index, x, TO_THE_END);
    }

    @Override
    public void setCharacterStream(int index, Reader x, int length) throws SQLException {
        characters(index, x, length);
    }

    @Override
    public void setCharacterStream(int index, Reader x, long length) throws SQLException {
        characters(index, x, length);
    }

    @Override
    public void setBlob(int index, InputStream x) throws SQLException {
        bytes(index, x, TO_THE_END);
    }

    @Override
    public void setBlob(int index, InputStream x, long length) throws SQLException {
        bytes(index, x, length);
    }

    @Override
    public void setClob(int index, Reader x) throws SQLException {
        characters(index, x, TO_THE_END);
    }

    @Override
    public void setClob(int index, Reader x, long length) throws SQLException {
        characters(index, x, length);
    }

    @Override
    public void setNClob(int index, Reader x) throws SQLException {
        characters(index, x, TO_THE_END);
    }

    @Override
    public void setNClob(int index, Reader x, long length) throws SQLException {
        characters(index, x, length);
    }

    @Override
    public void setNCharacterStream(int index, Reader x) throws SQLException {
        characters(index, x, TO_THE_END);
    }

    @Override
    public void setNCharacterStream(int index, Reader x, long length) throws SQLException {
        characters(index, x, length);
    }

    @Override
    @Deprecated
    public void setUnicodeStream(int index, InputStream x, int length) throws SQLException {
        ascii(index, x, length);
    }

    @Override
    public void setURL(int index, URL x) throws SQLException {
        setString(index, x == null ? null : x.toString());
    }

    @Override
    public void setRef(int index, Ref x) throws SQLException {
        throw SqlErrors.notSupported("setRef");
    }

    @Override
    public void setArray(int index, Array x) throws SQLException {
        throw SqlErrors.notSupported("setArray");
    }

    @Override
    public void setRowId(int index, RowId x) throws SQLException {
        throw SqlErrors.notSupported("setRowId");
    }

    @Override
    public void setSQLXML(int index, SQLXML x) throws SQLException {
        throw SqlErrors.notSupported("setSQLXML");
    }

    @Override
    public ResultSet executeQuery(String sql) throws SQLException {
        throw preparedHasItsText();
    }

    @Override
    public boolean execute(String sql) throws SQLException {
        throw preparedHasItsText();
    }

    @Override
    public int executeUpdate(String sql) throws SQLException {
        throw preparedHasItsText();
    }

    @Override
    public long executeLargeUpdate(String sql) throws SQLException {
        throw preparedHasItsText();
    }

    @Override
    public void addBatch(String sql) throws SQLException {
        throw preparedHasItsText();
    }

    @Override
    public boolean execute(String sql, int autoGeneratedKeys) throws SQLException {
        throw preparedHasItsText();
    }

    @Override
    public boolean execute(String sql, int[] columnIndexes) throws SQLException {
        throw preparedHasItsText();
    }

    @Override
    public boolean execute(String sql, String[] columnNames) throws SQLException {
        throw preparedHasItsText();
    }

    @Override
    public int executeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        throw preparedHasItsText();
    }

    @Override
    public int executeUpdate(String sql, int[] columnIndexes) throws SQLException {
        throw preparedHasItsText();
    }

    @Override
    public int executeUpdate(String sql, String[] columnNames) throws SQLException {
        throw preparedHasItsText();
    }

    @Override
    public long executeLargeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        throw preparedHasItsText();
    }

    @Override
    public long executeLargeUpdate(String sql, int[] columnIndexes) throws SQLException {
        throw preparedHasItsText();
    }

    @Override
    public long executeLargeUpdate(String sql, String[] columnNames) throws SQLException {
        throw preparedHasItsText();
    }

    private static SQLException preparedHasItsText() {
        return SqlErrors.misuse("a prepared statement has its text already");
    }
}
