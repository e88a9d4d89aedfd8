package dev.verso.jdbc;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.pages.NamespaceAddress;
import dev.verso.kv.pages.Namespaces;
import dev.verso.pager.BusyHandler;
import dev.verso.pager.PageStore;
import dev.verso.pager.StoreSession;
import dev.verso.sql.Connection;
import dev.verso.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** Reads every page of a version, and checks its trees with {@code PRAGMA integrity_check}. */
final class Verification {
    private static final int BATCH_BYTES = 1 << 20;
    private static final int MOST_FINDINGS = 100;

    private Verification() {}

    /** What is wrong; empty if nothing is. */
    static List<String> run(Namespaces namespaces, NamespaceAddress address, LongConsumer percent) {
        try (PageStore store = namespaces.open(address, true)) {
            List<String> findings = new ArrayList<>();
            readAll(store, findings, percent);
            if (findings.isEmpty()) {
                checkTrees(store, findings);
            }
            percent.accept(100);
            return findings;
        }
    }

    private static void readAll(PageStore store, List<String> findings, LongConsumer percent) {
        try (StoreSession session = store.newSession()) {
            session.beginSnapshot(BusyHandler.NONE);
            int total = session.pageCount();
            int batch = Math.max(1, BATCH_BYTES / Math.max(512, session.pageSize()));
            int[] numbers = new int[batch];
            byte[][] images = new byte[batch][];
            for (int first = 1; first <= total && findings.size() < MOST_FINDINGS; first += batch) {
                int count = Math.min(batch, total - first + 1);
                for (int i = 0; i < count; i++) {
                    numbers[i] = first + i;
                }
                read(session, numbers, count, images, findings);
                percent.accept((first + count - 1L) * 99 / total);
            }
            session.endSnapshot();
        }
    }

    private static void read(StoreSession session, int[] numbers, int count, byte[][] images, List<String> findings) {
        try {
            session.readPages(numbers, count, images);
        } catch (DatabaseException e) {
            if (e.code().primary() != ResultCode.CORRUPT.value()) {
                throw e;
            }
            for (int i = 0; i < count; i++) {
                readAlone(session, numbers[i], findings);
            }
        }
    }

    private static void readAlone(StoreSession session, int page, List<String> findings) {
        try {
            session.readPages(new int[] {page}, 1, new byte[1][]);
        } catch (DatabaseException e) {
            if (e.code().primary() != ResultCode.CORRUPT.value()) {
                throw e;
            }
            findings.add(e.getMessage());
        }
    }

    private static void checkTrees(PageStore store, List<String> findings) {
        try (Connection connection = new Connection(store, name -> {
                    throw new DatabaseException(ResultCode.CANTOPEN, "unable to open database: " + name);
                });
                PreparedStatement check = connection.prepare("PRAGMA integrity_check(" + MOST_FINDINGS + ")", 0)) {
            while (check.step()) {
                String finding = check.columnString(0);
                if (!finding.equals("ok")) {
                    findings.add(finding);
                }
            }
        } catch (DatabaseException e) {
            if (e.code().primary() != ResultCode.CORRUPT.value()) {
                throw e;
            }
            // The check of the rows ends where a tree can't be read; of the trees all has been told by then.
            findings.add(e.getMessage());
        }
    }
}
