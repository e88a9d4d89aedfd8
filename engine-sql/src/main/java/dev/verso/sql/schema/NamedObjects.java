package dev.verso.sql.schema;

import dev.verso.record.AsciiCase;
import java.nio.charset.StandardCharsets;
import java.util.AbstractCollection;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Objects by their names, whose case does not matter. They are listed in the order in which SQLite's hash table lists them, as that order can
 * be seen: ANALYZE, the integrity check and PRAGMA table_list follow it. New objects come first, until there are enough of them for buckets;
 * then a new one comes right before those of its bucket.
 */
final class NamedObjects<T> {
    private static final int FIRST_BUCKETS = 5;
    /** SQLite's soft limit of one allocation, in buckets. */
    private static final int MOST_BUCKETS = 64;

    private static final int MULTIPLIER = 0x9e3779b1;
    /** What ASCII letters of both cases have in common. */
    private static final int CASELESS = 0xdf;

    private static final class Node<T> {
        final int hash;
        T object;
        Node<T> previous;
        Node<T> next;

        Node(int hash, T object) {
            this.hash = hash;
            this.object = object;
        }
    }

    private final Map<String, Node<T>> nodes = new HashMap<>();
    private Node<T> first;
    /** First node and number of nodes of each bucket; empty while there are few objects. */
    private Object[] chains = {};

    private int[] counts = {};

    private final Collection<T> values = new AbstractCollection<>() {
        @Override
        public Iterator<T> iterator() {
            return listed();
        }

        @Override
        public int size() {
            return nodes.size();
        }
    };

    T get(String name) {
        Node<T> node = nodes.get(key(name));
        return node == null ? null : node.object;
    }

    /** All objects, in SQLite's order. A live view: it must not be followed while objects come and go. */
    Collection<T> values() {
        return values;
    }

    /** Adds the object, or puts it in the place of the one with its name. */
    void put(String name, T object) {
        Node<T> known = nodes.get(key(name));
        if (known != null) {
            known.object = object;
            return;
        }
        Node<T> node = new Node<>(hash(name), object);
        nodes.put(key(name), node);
        makeBuckets(nodes.size());
        insert(node);
    }

    /** Orders the objects as if another one had come and gone. */
    void makeRoom() {
        makeBuckets(nodes.size() + 1);
    }

    private void makeBuckets(int count) {
        if (count >= FIRST_BUCKETS && count > 2 * counts.length) {
            useBuckets(Math.min(3 * count, MOST_BUCKETS));
        }
    }

    /** @return what was removed, or null */
    T remove(String name) {
        Node<T> node = nodes.remove(key(name));
        if (node == null) {
            return null;
        }
        if (node.previous != null) {
            node.previous.next = node.next;
        } else {
            first = node.next;
        }
        if (node.next != null) {
            node.next.previous = node.previous;
        }
        if (counts.length > 0) {
            int bucket = bucket(node);
            if (chains[bucket] == node) {
                chains[bucket] = node.next;
            }
            counts[bucket]--;
        }
        if (nodes.isEmpty()) {
            clear();
        }
        return node.object;
    }

    void clear() {
        nodes.clear();
        first = null;
        chains = new Object[0];
        counts = new int[0];
    }

    private void useBuckets(int size) {
        if (size == counts.length) {
            return;
        }
        chains = new Object[size];
        counts = new int[size];
        Node<T> node = first;
        first = null;
        while (node != null) {
            Node<T> following = node.next;
            insert(node);
            node = following;
        }
    }

    @SuppressWarnings("unchecked")
    private void insert(Node<T> node) {
        Node<T> before = null;
        if (counts.length > 0) {
            int bucket = bucket(node);
            before = counts[bucket] == 0 ? null : (Node<T>) chains[bucket];
            counts[bucket]++;
            chains[bucket] = node;
        }
        if (before == null) {
            before = first;
        }
        node.next = before;
        node.previous = before == null ? null : before.previous;
        if (before != null) {
            before.previous = node;
        }
        if (node.previous == null) {
            first = node;
        } else {
            node.previous.next = node;
        }
    }

    private int bucket(Node<T> node) {
        return Integer.remainderUnsigned(node.hash, counts.length);
    }

    private Iterator<T> listed() {
        return new Iterator<>() {
            private Node<T> following = first;

            @Override
            public boolean hasNext() {
                return following != null;
            }

            @Override
            public T next() {
                if (following == null) {
                    throw new NoSuchElementException();
                }
                T object = following.object;
                following = following.next;
                return object;
            }
        };
    }

    private static int hash(String name) {
        int hash = 0;
        for (byte letter : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash + (letter & CASELESS)) * MULTIPLIER;
        }
        return hash;
    }

    private static String key(String name) {
        return AsciiCase.lower(name);
    }

    @Override
    public String toString() {
        return Arrays.toString(values.toArray());
    }
}
