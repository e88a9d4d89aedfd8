package dev.verso.jdbc;

import dev.verso.error.DatabaseException;
import dev.verso.vm.value.StorageClass;
import dev.verso.vm.value.Value;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Calendar;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The rows of a query, forward only. Column numbers count from 1. */
final class VersoResultSet extends LabelledResultSet {
    private final Rows rows;
    private final VersoStatement statement;
    private final ConnectionSettings settings;
    private final long maxRows;
    private final int columnCount;
    private Map<String, Integer> labels;
    private long row;
    private boolean onRow;
    private boolean closed;
    private boolean wasNull;
    private int fetchSize;

    /** @param statement null for metadata @param maxRows 0 for no limit */
    VersoResultSet(Rows rows, VersoStatement statement, ConnectionSettings settings, long maxRows) {
        this.rows = rows;
        this.statement = statement;
        this.settings = settings;
        this.maxRows = maxRows;
        columnCount = rows.columnCount();
    }

    @Override
    public boolean next() throws SQLException {
        if (closed) {
            throw SqlErrors.closed("the result set");
        }
        if (maxRows > 0 && row >= maxRows) {
            onRow = false;
            rows.close();
            return false;
        }
        boolean hasRow = rows.next();
        onRow = hasRow; // which another thread may change at once by closing this
        if (hasRow) {
            row++;
        } else if (closed) {
            throw SqlErrors.closed("the result set"); // by another thread, meanwhile: these were not all rows
        }
        return hasRow;
    }

    /** The column's number from 0 on, if there is a row and such a column. */
    private int column(int columnIndex) throws SQLException {
        if (!onRow) {
            throw closed ? SqlErrors.closed("the result set") : SqlErrors.misuse("the result set is not on a row");
        }
        if (columnIndex < 1 || columnIndex > columnCount) {
            throw SqlErrors.outOfRange("column " + columnIndex + " of " + columnCount);
        }
        return columnIndex - 1;
    }

    private Value value(int columnIndex) throws SQLException {
        Value value = rows.value(column(columnIndex));
        wasNull = value.isNull();
        return value;
    }

    @Override
    public String getString(int columnIndex) throws SQLException {
        String value = rows.stringValue(column(columnIndex));
        wasNull = value == null;
        return value;
    }

    @Override
    public long getLong(int columnIndex) throws SQLException {
        int column = column(columnIndex);
        long value = rows.longValue(column);
        wasNull = value == 0 && rows.isNull(column);
        return value;
    }

    @Override
    public int getInt(int columnIndex) throws SQLException {
        return (int) inRange(columnIndex, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    @Override
    public short getShort(int columnIndex) throws SQLException {
        return (short) inRange(columnIndex, Short.MIN_VALUE, Short.MAX_VALUE);
    }

    @Override
    public byte getByte(int columnIndex) throws SQLException {
        return (byte) inRange(columnIndex, Byte.MIN_VALUE, Byte.MAX_VALUE);
    }

    private long inRange(int columnIndex, long least, long most) throws SQLException {
        long value = getLong(columnIndex);
        if (value < least || value > most) {
            throw SqlErrors.outOfRange(
                    "column " + columnIndex + " holds " + value + ", outside " + least + " to " + most);
        }
        return value;
    }

    @Override
    public double getDouble(int columnIndex) throws SQLException {
        int column = column(columnIndex);
        double value = rows.doubleValue(column);
        wasNull = value == 0 && rows.isNull(column);
        return value;
    }

    @Override
    public float getFloat(int columnIndex) throws SQLException {
        return (float) getDouble(columnIndex);
    }

    @Override
    public boolean getBoolean(int columnIndex) throws SQLException {
        Value value = value(columnIndex);
        if (value.storageClass() == StorageClass.TEXT) {
            String text = value.asString().strip().toLowerCase(Locale.ROOT);
            if (text.equals("true") || text.equals("t") || text.equals("yes") || text.equals("on")) {
                return true;
            }
        }
        return value.asDouble() != 0;
    }

    @Override
    public byte[] getBytes(int columnIndex) throws SQLException {
        return bytes(value(columnIndex));
    }

    private static byte[] bytes(Value value) throws SQLException {
        try {
            return value.asBytes();
        } catch (OutOfMemoryError e) {
            throw SqlErrors.outOfMemory(e);
        }
    }

    private static String text(Value value) throws SQLException {
        try {
            return value.asString();
        } catch (OutOfMemoryError e) {
            throw SqlErrors.outOfMemory(e);
        }
    }

    @Override
    public BigDecimal getBigDecimal(int columnIndex) throws SQLException {
        Value value = value(columnIndex);
        return switch (value.storageClass()) {
            case NULL -> null;
            case INTEGER -> BigDecimal.valueOf(value.integer());
            case REAL -> decimal(Double.toString(value.real()));
            case TEXT, BLOB -> decimal(value.asString());
        };
    }

    private static BigDecimal decimal(String text) throws SQLException {
        try {
            return new BigDecimal(text.strip());
        } catch (NumberFormatException e) {
            throw (SQLException)
                    SqlErrors.badValue("not a number: '" + text + "'").initCause(e);
        }
    }

    @Override
    @Deprecated
    public BigDecimal getBigDecimal(int columnIndex, int scale) throws SQLException {
        BigDecimal value = getBigDecimal(columnIndex);
        return value == null ? null : value.setScale(scale, RoundingMode.HALF_UP);
    }

    @Override
    public Object getObject(int columnIndex) throws SQLException {
        Value value = value(columnIndex);
        return switch (value.storageClass()) {
            case NULL -> null;
            case INTEGER -> {
                long l = value.integer();
                if (l == (int) l) {
                    yield (int) l;
                }
                yield l;
            }
            case REAL -> value.real();
            case TEXT -> text(value);
            case BLOB -> bytes(value);
        };
    }

    @Override
    public <T> T getObject(int columnIndex, Class<T> type) throws SQLException {
        if (type == null) {
            throw SqlErrors.misuse("no type given");
        }
        return value(columnIndex).isNull() ? null : type.cast(ObjectGetter.get(this, columnIndex, type));
    }

    /** The date and time in a zone; null for NULL. */
    LocalDateTime dateTime(int columnIndex, ZoneId zone) throws SQLException {
        Value value = value(columnIndex);
        return Times.isNone(value) ? null : Times.localDateTime(value, settings, zone);
    }

    /** The time that an instant means; null for NULL. */
    Instant instant(int columnIndex) throws SQLException {
        Value value = value(columnIndex);
        return Times.isNone(value) ? null : Times.instant(value, settings, ZoneId.systemDefault());
    }

    private static ZoneId zone(Calendar calendar) {
        return calendar == null
                ? ZoneId.systemDefault()
                : calendar.getTimeZone().toZoneId();
    }

    @Override
    public Date getDate(int columnIndex) throws SQLException {
        return getDate(columnIndex, null);
    }

    @Override
    public Date getDate(int columnIndex, Calendar calendar) throws SQLException {
        LocalDateTime time = dateTime(columnIndex, zone(calendar));
        if (time == null) {
            return null;
        }
        return calendar == null
                ? Date.valueOf(time.toLocalDate())
                : new Date(time.toLocalDate()
                        .atStartOfDay(zone(calendar))
                        .toInstant()
                        .toEpochMilli());
    }

    @Override
    public Time getTime(int columnIndex) throws SQLException {
        return getTime(columnIndex, null);
    }

    @Override
    public Time getTime(int columnIndex, Calendar calendar) throws SQLException {
        LocalDateTime time = dateTime(columnIndex, zone(calendar));
        return time == null
                ? null
                : new Time(time.toLocalTime()
                        .atDate(java.time.LocalDate.EPOCH)
                        .atZone(zone(calendar))
                        .toInstant()
                        .toEpochMilli());
    }

    @Override
    public Timestamp getTimestamp(int columnIndex) throws SQLException {
        return getTimestamp(columnIndex, null);
    }

    @Override
    public Timestamp getTimestamp(int columnIndex, Calendar calendar) throws SQLException {
        Value value = value(columnIndex);
        return Times.isNone(value) ? null : Timestamp.from(Times.instant(value, settings, zone(calendar)));
    }

    @Override
    public InputStream getBinaryStream(int columnIndex) throws SQLException {
        byte[] bytes = getBytes(columnIndex);
        return bytes == null ? null : new ByteArrayInputStream(bytes);
    }

    @Override
    public InputStream getAsciiStream(int columnIndex) throws SQLException {
        String text = getString(columnIndex);
        return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    @Deprecated
    public InputStream getUnicodeStream(int columnIndex) throws SQLException {
        String text = getString(columnIndex);
        return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Reader getCharacterStream(int columnIndex) throws SQLException {
        String text = getString(columnIndex);
        return text == null ? null : new StringReader(text);
    }

    @Override
    public Blob getBlob(int columnIndex) throws SQLException {
        byte[] bytes = getBytes(columnIndex);
        return bytes == null ? null : new MemoryBlob(bytes);
    }

    @Override
    public Clob getClob(int columnIndex) throws SQLException {
        return getNClob(columnIndex);
    }

    @Override
    public NClob getNClob(int columnIndex) throws SQLException {
        String text = getString(columnIndex);
        return text == null ? null : new MemoryClob(text);
    }

    @Override
    public boolean wasNull() {
        return wasNull;
    }

    @Override
    public int findColumn(String columnLabel) throws SQLException {
        if (closed) {
            throw SqlErrors.closed("the result set");
        }
        if (labels == null) {
            labels = new HashMap<>();
            for (int i = rows.columnCount(); i > 0; i--) {
                labels.put(rows.columnName(i - 1).toLowerCase(Locale.ROOT), i); // of equal labels the first counts
            }
        }
        if (columnLabel == null) {
            throw SqlErrors.misuse("no column label given");
        }
        Integer number = labels.get(columnLabel);
        if (number == null) {
            number = labels.get(columnLabel.toLowerCase(Locale.ROOT));
        }
        if (number == null) {
            throw new SQLException("no such column: '" + columnLabel + "'", "42S22", 1);
        }
        return number;
    }

    @Override
    public ResultSetMetaData getMetaData() throws SQLException {
        if (closed) {
            throw SqlErrors.closed("the result set");
        }
        return new VersoResultSetMetaData(rows, statement == null ? null : statement.connection);
    }

    @Override
    public void close() throws SQLException {
        if (!closed) {
            closed = true;
            onRow = false;
            try {
                rows.close();
            } catch (DatabaseException e) {
                throw SqlErrors.of(e);
            }
            if (statement != null) {
                statement.resultSetClosed(this);
            }
        }
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public Statement getStatement() {
        return statement;
    }

    @Override
    public int getRow() {
        return onRow ? (int) row : 0;
    }

    @Override
    public boolean isBeforeFirst() {
        return !closed && rows.isBeforeRow();
    }

    @Override
    public boolean isFirst() {
        return onRow && row == 1;
    }

    @Override
    public boolean isAfterLast() {
        return !closed && !onRow && row > 0;
    }

    @Override
    public boolean isLast() throws SQLException {
        throw SqlErrors.notSupported("isLast");
    }

    @Override
    public int getFetchDirection() {
        return FETCH_FORWARD;
    }

    @Override
    public void setFetchDirection(int direction) throws SQLException {
        if (direction != FETCH_FORWARD) {
            throw SqlErrors.notSupported("another fetch direction than forward");
        }
    }

    @Override
    public int getFetchSize() {
        return fetchSize;
    }

    @Override
    public void setFetchSize(int rowCount) throws SQLException {
        if (rowCount < 0) {
            throw SqlErrors.misuse("fetch size " + rowCount);
        }
        fetchSize = rowCount;
    }

    @Override
    public int getHoldability() {
        return HOLD_CURSORS_OVER_COMMIT;
    }

    @Override
    public String getCursorName() throws SQLException {
        throw SqlErrors.notSupported("getCursorName");
    }

    @Override
    public SQLWarning getWarnings() {
        return null;
    }

    @Override
    public void clearWarnings() {}

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return Wrapped.unwrap(this, type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
