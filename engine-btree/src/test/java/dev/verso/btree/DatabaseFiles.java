package dev.verso.btree;

import dev.verso.pager.Pager;
import dev.verso.pager.memory.MemoryStore;
import dev.verso.record.RecordBuilder;
import dev.verso.record.TextEncoding;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Carries databases between the memory store and files that the real SQLite reads. */
final class DatabaseFiles {
    private DatabaseFiles() {}

    static BTree load(Path file) throws IOException {
        return load(Files.readAllBytes(file));
    }

    /** A database in memory with these bytes as its pages, whatever they say. */
    static BTree load(byte[] bytes) {
        int pageBytes = (bytes[16] & 0xff) << 8 | bytes[17] & 0xff;
        pageBytes = pageBytes == 1 ? 65536 : pageBytes;
        if (pageBytes < 512 || Integer.bitCount(pageBytes) != 1) {
            pageBytes = 4096;
        }
        return load(bytes, pageBytes);
    }

    static BTree load(byte[] bytes, int pageBytes) {
        MemoryStore store = new MemoryStore();
        try (Pager pager = new Pager(store)) {
            pager.pageSize(pageBytes);
            pager.beginWrite(false);
            pager.pageCount(Math.max(1, bytes.length / pageBytes));
            for (int page = 1; page <= pager.pageCount(); page++) {
                int from = (page - 1) * pageBytes;
                System.arraycopy(bytes, from, pager.editNew(page), 0, Math.min(pageBytes, bytes.length - from));
            }
            pager.prepareCommit(null);
            pager.finishCommit();
            pager.endRead();
        }
        return new BTree(new Pager(store));
    }

    /** Writes what is committed. */
    static void save(BTree tree, Path file) throws IOException {
        boolean wasReading = tree.pager().isReading();
        tree.beginRead();
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int page = 1; page <= tree.pager().pageCount(); page++) {
                out.write(tree.pager().read(page));
            }
        }
        if (!wasReading) {
            tree.endRead();
        }
    }

    static BTree create(int pageBytes, int reservedBytes, TextEncoding encoding, int autoVacuum) {
        BTree tree = new BTree(new Pager(new MemoryStore()));
        tree.pageSize(pageBytes, reservedBytes);
        tree.encoding(encoding);
        tree.autoVacuum(autoVacuum);
        return tree;
    }

    /** Adds a row to the schema table. */
    static void addToSchema(BTree tree, long rowid, String type, String name, String table, int root, String sql) {
        RecordBuilder record = new RecordBuilder().begin();
        addText(record, tree, type);
        addText(record, tree, name);
        addText(record, tree, table);
        record.addInteger(root);
        addText(record, tree, sql);
        int length = record.finish();
        try (TableCursor schema = tree.openTable(1, true)) {
            schema.insert(rowid, record.bytes(), 0, length, 0, false);
        }
    }

    static void addText(RecordBuilder record, BTree tree, String text) {
        byte[] bytes = text.getBytes(tree.encoding().charset());
        record.addText(bytes, 0, bytes.length);
    }

    static Connection open(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    /** The first column of what the real SQLite answers. */
    static List<String> query(Path file, String sql) throws SQLException {
        try (Connection connection = open(file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }
}
