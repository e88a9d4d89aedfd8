package dev.verso.compat.simulation;

import dev.verso.compat.Rows;
import dev.verso.compat.simulation.Contents.Child;
import dev.verso.compat.simulation.Contents.Item;
import dev.verso.pager.PageStore;
import dev.verso.pager.file.FileOptions;
import dev.verso.pager.file.FileStore;
import dev.verso.sql.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Database files that are imported: one for each page size, some times as large as what goes at once to a store with small transactions. */
final class SampleFile {
    private static final int ROWS = 300;
    private static final Map<Integer, SampleFile> FILES = new HashMap<>();

    private final Path path;
    private final Contents contents;

    private SampleFile(int pageSizeBytes) throws IOException {
        TreeMap<Long, Item> items = new TreeMap<>();
        TreeMap<Long, String> numbered = new TreeMap<>();
        TreeMap<Long, String> parents = new TreeMap<>();
        TreeMap<Long, Child> children = new TreeMap<>();
        StringBuilder sql =
                new StringBuilder("PRAGMA page_size = " + pageSizeBytes + "; BEGIN; " + Contents.SCHEMA + ";");
        for (long id = 1; id <= ROWS; id++) {
            items.put(id, new Item(id % 8, null, "imported." + "w".repeat(650)));
            sql.append("INSERT INTO item VALUES (" + id + ", " + id % 8 + ", NULL, '"
                    + items.get(id).v() + "');");
        }
        for (long id = 1; id <= 5; id++) {
            numbered.put(id, "imported");
            parents.put(id, "imported");
            children.put(id, new Child(id, 6 - id));
            sql.append(
                    "INSERT INTO numbered(v) VALUES ('imported'); INSERT INTO parent VALUES (" + id + ", 'imported');");
            sql.append("INSERT INTO child VALUES (" + id + ", " + id + ", " + (6 - id) + ");");
        }
        contents = new Contents(items, new TreeMap<>(), numbered, parents, children);
        path = Files.createTempFile("imported", ".db");
        path.toFile().deleteOnExit();
        Files.delete(path);
        try (PageStore store = FileStore.open(path, FileOptions.defaults());
                Connection connection = new Connection(store, null)) {
            connection.execute(sql + "COMMIT");
        }
        // The owner of the import's lock tells this time, and one seed is one run.
        Files.setLastModifiedTime(path, FileTime.fromMillis(1_767_000_000_000L));
    }

    static synchronized SampleFile of(int pageSizeBytes) {
        return FILES.computeIfAbsent(pageSizeBytes, size -> {
            try {
                return new SampleFile(size);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    Path path() {
        return path;
    }

    Contents contents() {
        return contents;
    }

    /** All that is in a file, as {@link #lines(Contents)} tells it. */
    static String lines(Path file) {
        FileOptions options = FileOptions.defaults().withReadOnly(true).withCreate(false);
        try (PageStore store = FileStore.open(file, options);
                Connection connection = new Connection(store, null)) {
            return Rows.of(connection, "SELECT id, g, u, v FROM item ORDER BY id")
                    + Rows.of(connection, "SELECT slot, txn FROM ledger ORDER BY slot")
                    + Rows.of(connection, Contents.OTHERS);
        }
    }

    static String lines(Contents contents) {
        return contents.itemLines() + contents.ledgerLines() + contents.otherLines();
    }
}
