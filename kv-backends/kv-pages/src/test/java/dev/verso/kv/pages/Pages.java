package dev.verso.kv.pages;

import dev.verso.pager.BigEndian;
import dev.verso.pager.BusyHandler;
import dev.verso.pager.CommitSet;
import dev.verso.pager.PageStore;
import dev.verso.pager.StoreSession;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** A transaction at the level of pages, as tests write it: reads and writes of pages whose content is a number. */
final class Pages implements AutoCloseable {
    static final int PAGE_BYTES = 512;

    private final StoreSession session;
    private final TreeMap<Integer, byte[]> dirty = new TreeMap<>();
    private final TreeSet<Integer> read = new TreeSet<>();
    private int pageCount;

    Pages(PageStore store) {
        session = store.newSession();
        session.pageSize(PAGE_BYTES);
    }

    StoreSession session() {
        return session;
    }

    Pages begin() {
        session.beginSnapshot(BusyHandler.NONE);
        dirty.clear();
        read.clear();
        pageCount = session.pageCount();
        if (pageCount > 0) {
            read.add(1);
        }
        return this;
    }

    /** An image with a number in it; page 1 has it where its schema is. */
    static byte[] image(long number) {
        byte[] image = new byte[PAGE_BYTES];
        BigEndian.put64(image, 200, number);
        return image;
    }

    static long number(byte[] image) {
        return BigEndian.s64(image, 200);
    }

    int pageCount() {
        return pageCount;
    }

    long read(int page) {
        if (dirty.containsKey(page)) {
            return number(dirty.get(page));
        }
        read.add(page);
        return number(session.readPage(page));
    }

    Pages write(int page, long number) {
        if (!dirty.containsKey(page) && page <= session.pageCount()) {
            read(page);
        }
        return writeBlind(page, number);
    }

    Pages writeBlind(int page, long number) {
        dirty.put(page, image(number));
        pageCount = Math.max(pageCount, page);
        return this;
    }

    /** Takes a page off the freelist, say: page 1 changes, but not its schema. */
    Pages changeAllocation(int freelistPages) {
        byte[] first = dirty.containsKey(1) ? dirty.get(1) : session.readPage(1).clone();
        BigEndian.put32(first, FirstPage.FREELIST_TRUNK + 4, freelistPages);
        dirty.put(1, first);
        return this;
    }

    Pages size(int pages) {
        pageCount = pages;
        return this;
    }

    long commit() {
        session.beginWrite(false, BusyHandler.NONE);
        int[] numbers = dirty.keySet().stream().mapToInt(Integer::intValue).toArray();
        byte[][] images = dirty.values().toArray(new byte[0][]);
        int[] readPages = read.stream().mapToInt(Integer::intValue).toArray();
        try {
            session.prepareCommit(new CommitSet(numbers, images, pageCount, readPages), null, BusyHandler.NONE);
            return session.finishCommit();
        } finally {
            session.rollback();
            session.endSnapshot();
        }
    }

    Pages end() {
        session.endSnapshot();
        return this;
    }

    /** A whole transaction that writes these pages without reading them. */
    static long put(PageStore store, Map<Integer, Long> pages) {
        try (Pages transaction = new Pages(store)) {
            transaction.begin();
            new TreeMap<>(pages).forEach(transaction::writeBlind);
            return transaction.commit();
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
