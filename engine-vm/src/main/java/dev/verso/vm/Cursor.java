package dev.verso.vm;

import dev.verso.btree.BTree;
import dev.verso.btree.IndexCursor;
import dev.verso.btree.TableCursor;
import dev.verso.btree.TreeCursor;
import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.record.KeyInfo;
import dev.verso.record.RecordView;
import dev.verso.vtab.VirtualCursor;

/** A numbered cursor of a program: on a tree, a sorter, the record in a register, or rows made in Java. Kept between runs. */
final class Cursor {
    /** On the null row. */
    static final int NULL_ROW = 1;
    /** A seek to {@link #pendingRowid} is due before anything of the row is read. */
    static final int PENDING = 2;
    /** Not a tree: the record is in a register. */
    static final int PSEUDO = 4;
    /** A sorter. */
    static final int SORTER = 8;

    /** Put on the null row by {@code NullRow}: no entry comes before or after. */
    static final int ENDED = 16;

    /** Bits above; 0 for the usual case of a tree's entry. */
    int state = NULL_ROW;

    TreeCursor tree;
    TableCursor table;
    IndexCursor index;
    KeyInfo keyInfo;

    private BTree btree;
    private int rootPage;
    private boolean writable;
    /** Where the tree goes back to if it is an ephemeral one of this cursor. */
    private EphemeralTrees ephemeral;

    /** How many leading columns of the key of the last seek are known to be those of an entry. */
    int hitColumns;

    long pendingRowid;
    /** Index cursor that has some columns of the pending row, and where: element i + 1 is its column + 1 for column i. */
    Cursor alternate;

    int[] alternateColumns;

    /** What an ephemeral index holds, for lookups; null if there is none. */
    KeySet keys;
    /** No set is to be made any more: the index lost an entry, or is not fit. */
    private boolean keysRefused;
    /** Entry of the set that a pending cursor is to move to. */
    private int pendingKey;

    long sequence;
    Sorter sorter;
    int register;
    private RecordView pseudo;

    /** The pseudo cursor's record is the one that SorterData laid it over last. */
    boolean followsSorter;

    RowSource.Rows rows;

    /** Of a virtual table; null for all other cursors. */
    VirtualCursor virtual;

    VirtualArguments virtualArguments;
    private ConnectedTable connected;

    /** The view for records that no tree holds: of a pseudo cursor, or of the current record of a sorter. */
    RecordView pseudo() {
        if (pseudo == null) {
            pseudo = new RecordView();
        }
        return pseudo;
    }

    /** True if both are on one tree of one database. */
    boolean isOnTreeOf(Cursor other) {
        return tree != null && other.tree != null && btree == other.btree && rootPage == other.rootPage;
    }

    /** Opens on a tree; does little if it is open there already. */
    void open(BTree newTree, int newRoot, KeyInfo newKeyInfo, boolean forWriting) {
        state = NULL_ROW;
        sequence = 0;
        alternate = null;
        if (tree != null) {
            if (btree == newTree && rootPage == newRoot && writable == forWriting && keyInfo == newKeyInfo) {
                return;
            }
            closeTree();
        }
        btree = newTree;
        rootPage = newRoot;
        writable = forWriting;
        keyInfo = newKeyInfo;
        if (newKeyInfo == null) {
            table = newTree.openTable(newRoot, forWriting);
            tree = table;
        } else {
            index = newTree.openIndex(newRoot, newKeyInfo, forWriting);
            tree = index;
        }
    }

    /** Opens or empties an ephemeral tree. */
    void openEphemeral(Machine m, KeyInfo newKeyInfo) {
        if (tree != null && ephemeral != null && keyInfo == newKeyInfo) {
            clearEphemeral();
            return;
        }
        close();
        EphemeralTrees trees = m.session.ephemeralTrees();
        int root = trees.take(newKeyInfo == null);
        open(trees.tree(), root, newKeyInfo, true);
        ephemeral = trees;
    }

    void openDuplicate(Cursor original) {
        close();
        original.refuseKeys();
        open(original.btree, original.rootPage, original.keyInfo, true);
    }

    boolean isOpenOn(BTree aTree, int root) {
        return tree != null && btree == aTree && rootPage == root;
    }

    void clearEphemeral() {
        btree.clearTree(rootPage);
        if (keys != null) {
            keys.clear();
        }
        keysRefused = false;
        state = NULL_ROW;
        sequence = 0;
    }

    void openPseudo(int sourceRegister) {
        close();
        register = sourceRegister;
        state = PSEUDO;
    }

    /** Opens on a virtual table; does nothing if it is open there already. */
    void openVirtual(ConnectedTable table) {
        if (virtual != null && connected == table) {
            state = NULL_ROW;
            return;
        }
        close();
        virtual = table.table().open();
        connected = table;
        table.cursorOpens();
        if (virtualArguments == null) {
            virtualArguments = new VirtualArguments();
        }
    }

    void openSorter(Machine m, KeyInfo newKeyInfo) {
        if (sorter != null && state == SORTER && sorter.keyInfo() == newKeyInfo) {
            sorter.reset();
            return;
        }
        close();
        sorter = new Sorter(newKeyInfo, m.session.sorterMemoryBytes(), m.session.temporaryFiles(), m::checkStopped);
        keyInfo = newKeyInfo;
        state = SORTER;
        sequence = 0;
    }

    /** Name of the database that the cursor's tree is in. */
    String databaseName(Session session) {
        for (int i = 0; i < session.databaseCount(); i++) {
            if (session.openDatabase(i) == btree) {
                return session.databaseName(i);
            }
        }
        return null;
    }

    /** The set of the entries of an ephemeral index, made on the first call; null if there can be none. */
    KeySet keys() {
        if (keys == null && ephemeral != null && !keysRefused) {
            keys = KeySet.of(index, keyInfo);
            keysRefused = keys == null;
        }
        return keys;
    }

    /** The set, if there is one, no longer tells what the index holds. */
    void refuseKeys() {
        keys = null;
        keysRefused = true;
    }

    /** On the entry of the set with that number, as soon as somebody asks for its content. */
    void pendingOn(int entry) {
        pendingKey = entry;
        state = PENDING;
    }

    /** Carries out a pending seek. */
    void finishSeek(Machine m) {
        if ((state & PENDING) == 0) {
            return;
        }
        state &= ~PENDING;
        if (table == null) {
            keys.seek(m, index, pendingKey);
        } else if (!table.seek(pendingRowid)) {
            throw new DatabaseException(ResultCode.CORRUPT, ResultCode.CORRUPT.text());
        }
    }

    void close() {
        closeTree();
        if (sorter != null) {
            sorter.close();
            sorter = null;
        }
        if (virtual != null) {
            closeVirtual();
        }
        rows = null;
        followsSorter = false;
        alternate = null;
        state = NULL_ROW;
    }

    private void closeVirtual() {
        VirtualCursor closing = virtual;
        ConnectedTable table = connected;
        virtual = null;
        connected = null;
        try {
            closing.close();
        } finally {
            table.cursorCloses();
        }
    }

    private void closeTree() {
        if (tree != null) {
            boolean isTable = table != null;
            tree.close();
            tree = null;
            table = null;
            index = null;
            btree = null;
            if (ephemeral != null) {
                EphemeralTrees trees = ephemeral;
                ephemeral = null;
                keys = null;
                keysRefused = false;
                trees.giveBack(rootPage, isTable);
            }
        }
    }
}
