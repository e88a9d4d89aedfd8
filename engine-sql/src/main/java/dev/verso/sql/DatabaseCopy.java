package dev.verso.sql;

import dev.verso.btree.BTree;
import dev.verso.btree.HeaderField;
import dev.verso.btree.IndexCursor;
import dev.verso.btree.TableCursor;
import dev.verso.btree.TreeCursor;
import dev.verso.btree.TreeKind;
import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.pager.PageStore;
import dev.verso.pager.Pager;
import dev.verso.record.AsciiCase;
import dev.verso.record.KeyInfo;
import dev.verso.record.RecordBuilder;
import dev.verso.record.RecordView;
import dev.verso.sql.code.KeyOrders;
import dev.verso.sql.schema.Index;
import dev.verso.sql.schema.Schema;
import dev.verso.sql.schema.Table;
import dev.verso.vm.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Copies all trees of a database in key order into a fresh one, which leaves no gaps: the work of VACUUM. In place, the copy is made in a temporary
 * file and its pages then replace the database's own in one transaction.
 */
final class DatabaseCopy {
    /** SQLite's pending byte: the page that holds it is never used. */
    private static final int LOCK_BYTE = 0x40000000;

    private static final long COPY_MEMORY_BYTES = 8L << 20;
    private static final int SCHEMA_COLUMNS = 5;
    private static final int ROOT_COLUMN = 3;

    private final Connection connection;
    private final BTree source;
    private final Schema schema;
    private final int database;
    private byte[] payload = new byte[4096];
    private boolean isInPlace;

    DatabaseCopy(Connection connection, int database) {
        this.connection = connection;
        this.database = database;
        source = connection.session().database(database);
        schema = connection.schemas().schema(database);
    }

    /** VACUUM. */
    void inPlace() {
        isInPlace = true;
        source.beginRead();
        try {
            if (source.pager().pageCount() == 0) {
                return;
            }
            source.beginWrite(true);
            try (PageStore temporary = connection.opener().open("");
                    BTree copy = treesOn(temporary)) {
                copyInto(copy, newPageSize());
                copy.completeForCommit();
                if (copy.pageSize() == source.pageSize()) {
                    replacePages(copy.pager());
                } else {
                    replaceBytes(copy.pager());
                }
                // Not by the trees, whose idea of the header is older.
                source.pager().prepareCommit(null);
                source.pager().finishCommit();
                copy.rollback();
                copy.endRead();
            } catch (RuntimeException e) {
                source.rollback();
                throw e;
            }
        } finally {
            source.endRead();
            connection.schemas().forget(database);
        }
    }

    /** Trees of a temporary database, most of whose pages are in a file. */
    private static BTree treesOn(PageStore temporary) {
        Pager pager = new Pager(temporary);
        pager.dirtyBytesLimit(COPY_MEMORY_BYTES);
        return new BTree(pager);
    }

    private int newPageSize() {
        int wanted = connection.settings().nextPageSize();
        return wanted != 0 && source.pager().session().mayChangePageSize() ? wanted : source.pageSize();
    }

    /** VACUUM INTO. */
    void into(String file) {
        try (PageStore target = openTarget(file);
                BTree copy = new BTree(new Pager(target))) {
            requireEmpty(copy);
            source.beginRead();
            try {
                if (source.pager().pageCount() > 0) {
                    int wanted = connection.settings().nextPageSize();
                    copyInto(copy, wanted != 0 ? wanted : source.pageSize());
                    copy.prepareCommit(null);
                    copy.finishCommit();
                }
            } finally {
                copy.endRead();
                source.endRead();
            }
        }
    }

    private PageStore openTarget(String file) {
        try {
            return connection.opener().open(file);
        } catch (DatabaseException e) {
            if (e.code().primary() == ResultCode.CANTOPEN.value()) {
                throw new DatabaseException(ResultCode.CANTOPEN, "unable to open database: " + file, e);
            }
            throw e;
        }
    }

    private static void requireEmpty(BTree copy) {
        copy.beginRead();
        if (copy.pager().pageCount() > 0) {
            copy.endRead();
            throw new DatabaseException(ResultCode.ERROR, "output file already exists");
        }
    }

    private void replacePages(Pager from) {
        Pager to = source.pager();
        source.changesPagesUnknown();
        int pages = from.pageCount();
        to.pageCount(Math.max(pages, 1));
        for (int page = 1; page <= pages; page++) {
            if (page == lockBytePage()) {
                continue;
            }
            byte[] image = from.read(page);
            System.arraycopy(image, 0, to.editNew(page), 0, image.length);
            to.safePoint();
        }
    }

    /** The copy has pages of another size: its bytes are cut into pages of the old size, as which they are journaled and written. */
    private void replaceBytes(Pager from) {
        Pager to = source.pager();
        source.changesPagesUnknown();
        int fromBytes = from.pageSize();
        int toBytes = source.pageSize();
        long bytes = (long) from.pageCount() * fromBytes;
        int pages = (int) ((bytes + toBytes - 1) / toBytes);
        to.pageCount(pages);
        byte[] lockPage = null;
        for (int page = 1; page <= pages; page++) {
            if (page == lockBytePage()) {
                if (fromBytes < toBytes) {
                    lockPage = new byte[toBytes];
                    cut(from, bytes, page, lockPage);
                }
                continue;
            }
            cut(from, bytes, page, to.editNew(page));
            to.safePoint();
        }
        to.session().becomes(fromBytes, from.pageCount(), lockPage);
    }

    /** Fills a page of the old size from pages of another; what is no page of theirs is zeros. */
    private void cut(Pager from, long bytes, int page, byte[] image) {
        int fromBytes = from.pageSize();
        long start = (page - 1L) * image.length;
        for (int done = 0; done < image.length && start + done < bytes; ) {
            long at = start + done;
            int offset = (int) (at % fromBytes);
            int count = Math.min(image.length - done, fromBytes - offset);
            int number = (int) (at / fromBytes) + 1;
            if (number == LOCK_BYTE / fromBytes + 1) {
                Arrays.fill(image, done, done + count, (byte) 0);
            } else {
                System.arraycopy(from.read(number), offset, image, done, count);
            }
            done += count;
        }
    }

    private int lockBytePage() {
        return LOCK_BYTE / source.pageSize() + 1;
    }

    // ---- the copy

    private void copyInto(BTree copy, int pageSize) {
        copy.pageSize(pageSize, source.pageSize() - source.usableBytes());
        copy.encoding(source.encoding());
        int autoVacuum = connection.settings().nextAutoVacuum();
        copy.autoVacuum(autoVacuum >= 0 ? autoVacuum : source.autoVacuum());
        copy.beginWrite(true);
        copyHeader(copy);
        List<Object[]> rows = schemaRows();
        writeSchema(copy, rows, true);
        for (Object[] row : rows) {
            if ("table".equals(row[0]) && hasTree(row)) {
                copyTable(copy, row, rows);
            }
        }
        writeSchema(copy, rows, false);
        if (!rows.isEmpty() && !hasTree(rows.get(rows.size() - 1))) {
            connection.session().lastInsertRowid(rows.size()); // SQLite inserts these rows by an INSERT of its own
        }
    }

    private void copyHeader(BTree copy) {
        copy.headerField(HeaderField.SCHEMA_COOKIE, source.headerField(HeaderField.SCHEMA_COOKIE) + 1);
        for (HeaderField field : List.of(
                HeaderField.SCHEMA_FORMAT,
                HeaderField.DEFAULT_CACHE_SIZE,
                HeaderField.TEXT_ENCODING,
                HeaderField.USER_VERSION,
                HeaderField.APPLICATION_ID)) {
            copy.headerField(field, source.headerField(field));
        }
    }

    /**
     * Rows of sqlite_schema as {type, name, table name, old root, sql, new root}, as if all were made anew: each table with its automatic indexes, then the other
     * indexes, then what has no tree. The first AUTOINCREMENT table brings sqlite_sequence, which goes if there is none.
     */
    private List<Object[]> schemaRows() {
        List<Object[]> old = oldRows();
        List<Object[]> rows = new ArrayList<>();
        boolean hasSequence = false;
        for (Object[] row : old) {
            if (!"table".equals(row[0]) || !hasTree(row) || isSequence(row)) {
                continue;
            }
            rows.add(row);
            old.stream()
                    .filter(other -> "index".equals(other[0]) && other[4] == null)
                    .filter(other -> AsciiCase.same(((String) row[1]), (String) other[2]))
                    .forEach(rows::add);
            if (!hasSequence && schema.table((String) row[1]).isAutoincrement()) {
                hasSequence = true;
                old.stream().filter(DatabaseCopy::isSequence).forEach(rows::add);
            }
        }
        old.stream().filter(row -> "index".equals(row[0]) && row[4] != null).forEach(rows::add);
        old.stream().filter(row -> !hasTree(row)).forEach(rows::add);
        return rows;
    }

    private static boolean hasTree(Object[] row) {
        return (long) row[ROOT_COLUMN] > 0;
    }

    private static boolean isSequence(Object[] row) {
        return "table".equals(row[0]) && "sqlite_sequence".equals(row[1]);
    }

    private List<Object[]> oldRows() {
        List<Object[]> rows = new ArrayList<>();
        Value value = new Value();
        try (TableCursor cursor = source.openTable(1, false)) {
            for (boolean on = cursor.first(); on; on = cursor.next()) {
                RecordView record = cursor.record();
                Object[] row = new Object[SCHEMA_COLUMNS + 1];
                for (int i = 0; i < SCHEMA_COLUMNS; i++) {
                    value.setColumn(record, i, source.encoding());
                    row[i] = i == ROOT_COLUMN ? (Object) value.asLong() : value.asString();
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private void copyRoot(BTree copy, Object[] row) {
        if ((long) row[ROOT_COLUMN] > 0) {
            row[SCHEMA_COLUMNS] = copy.createTree(orderOf(row) == null ? TreeKind.TABLE : TreeKind.INDEX);
        }
    }

    /** Order of the keys of a row's tree; null for a table with rowids. */
    private KeyInfo orderOf(Object[] row) {
        String name = (String) row[1];
        if ("index".equals(row[0])) {
            Index index = schema.index(name);
            return KeyOrders.of(connection.session(), index);
        }
        Table table = schema.table(name);
        return table.isWithoutRowid() ? KeyOrders.of(connection.session(), table.primaryKey()) : null;
    }

    /**
     * Creates the trees and writes the rows that have one, as the statements that define them do: a table's row has its place before those of its automatic
     * indexes, and is completed behind them. Or writes the rows without a tree.
     */
    private void writeSchema(BTree copy, List<Object[]> rows, boolean withTrees) {
        RecordBuilder builder = new RecordBuilder().constants(source.hasConstants());
        try (TableCursor cursor = copy.openTable(1, true)) {
            for (int i = 0; i < rows.size(); i++) {
                Object[] row = rows.get(i);
                if (hasTree(row) != withTrees) {
                    continue;
                }
                copyRoot(copy, row);
                if (!withTrees || !"table".equals(row[0])) {
                    write(cursor, builder, i + 1, row);
                    continue;
                }
                write(cursor, builder, i + 1, new Object[SCHEMA_COLUMNS + 1]);
                int table = i;
                while (i + 1 < rows.size() && isAutomatic(rows.get(i + 1))) {
                    i++;
                    copyRoot(copy, rows.get(i));
                    write(cursor, builder, i + 1, rows.get(i));
                }
                write(cursor, builder, table + 1, row);
            }
        }
    }

    private static boolean isAutomatic(Object[] row) {
        return "index".equals(row[0]) && row[4] == null;
    }

    private void write(TableCursor cursor, RecordBuilder builder, long rowid, Object[] row) {
        builder.begin();
        for (int i = 0; i < SCHEMA_COLUMNS; i++) {
            if (i == ROOT_COLUMN && row[0] != null) {
                builder.addInteger(row[SCHEMA_COLUMNS] == null ? 0 : (int) row[SCHEMA_COLUMNS]);
            } else if (row[i] == null) {
                builder.addNull();
            } else {
                byte[] text = ((String) row[i]).getBytes(source.encoding().charset());
                builder.addText(text, 0, text.length);
            }
        }
        int length = builder.finish();
        cursor.insert(rowid, builder.bytes(), 0, length, 0, true);
    }

    /** A table with its indexes, whose order is that in which the planner has them; the key of a WITHOUT ROWID table is one of them. */
    private void copyTable(BTree copy, Object[] row, List<Object[]> rows) {
        String name = (String) row[1];
        Table table = schema.table(name);
        if (!table.isWithoutRowid()) {
            copyTree(copy, row);
        }
        for (Index index : table.indexes()) {
            if (index.isPrimaryKeyOfWithoutRowid()) {
                copyTree(copy, row);
                continue;
            }
            for (Object[] other : rows) {
                if ("index".equals(other[0]) && AsciiCase.same(index.name(), (String) other[1])) {
                    copyTree(copy, other);
                }
            }
        }
    }

    private void copyTree(BTree copy, Object[] row) {
        if (row[SCHEMA_COLUMNS] == null) {
            return;
        }
        int from = (int) (long) row[ROOT_COLUMN];
        int to = (int) row[SCHEMA_COLUMNS];
        KeyInfo order = orderOf(row);
        if (order == null) {
            copyTable(copy, from, to, isInPlace && numbersAnew((String) row[1]));
        } else {
            copyIndex(copy, from, to, order);
        }
    }

    /** SQLite's VACUUM numbers the rows of a table anew that has neither an INTEGER PRIMARY KEY nor an index. VACUUM INTO does not. */
    private boolean numbersAnew(String tableName) {
        Table table = schema.table(tableName);
        return table.rowidColumn() < 0 && table.indexes().isEmpty();
    }

    private void copyTable(BTree copy, int from, int to, boolean numbersAnew) {
        try (TableCursor in = source.openTable(from, false);
                TableCursor out = copy.openTable(to, true)) {
            long rowid = 0;
            for (boolean on = in.first(); on; on = in.next()) {
                int length = load(in);
                rowid = numbersAnew ? rowid + 1 : in.rowid();
                out.insert(rowid, payload, 0, length, 0, true);
            }
        }
    }

    private void copyIndex(BTree copy, int from, int to, KeyInfo order) {
        try (IndexCursor in = source.openIndex(from, order, false);
                IndexCursor out = copy.openIndex(to, order, true)) {
            out.fillsInOrder();
            for (boolean on = in.first(); on; on = in.next()) {
                int length = load(in);
                out.insert(payload, 0, length, true);
            }
        }
    }

    private int load(TreeCursor cursor) {
        int length = cursor.payloadBytes();
        if (length > payload.length) {
            payload = new byte[Math.max(length, payload.length * 2)];
        }
        return cursor.copyPayload(payload, 0);
    }
}
