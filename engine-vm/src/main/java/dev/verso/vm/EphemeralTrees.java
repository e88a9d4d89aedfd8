package dev.verso.vm;

import dev.verso.btree.BTree;
import dev.verso.btree.TreeKind;
import dev.verso.pager.Pager;
import dev.verso.record.TextEncoding;

/** The trees behind ephemeral tables and indexes of one connection: empty ones are kept for the next program that needs one. */
final class EphemeralTrees {
    private final BTree tree;
    private int[] freeTables = new int[4];
    private int freeTableCount;
    private int[] freeIndexes = new int[4];
    private int freeIndexCount;

    /** Trees whose pages go to a temporary file when they take more than {@code memoryBytes}. */
    EphemeralTrees(TextEncoding encoding, long memoryBytes, TemporaryFiles files) {
        Pager pager = new Pager(new ScratchStore(files));
        pager.dirtyBytesLimit(memoryBytes);
        tree = new BTree(pager);
        tree.encoding(encoding);
        tree.beginWrite(false);
    }

    BTree tree() {
        return tree;
    }

    /** Root page of an empty tree. */
    int take(boolean isTable) {
        if (isTable) {
            return freeTableCount > 0 ? freeTables[--freeTableCount] : tree.createTree(TreeKind.TABLE);
        }
        return freeIndexCount > 0 ? freeIndexes[--freeIndexCount] : tree.createTree(TreeKind.INDEX);
    }

    void giveBack(int rootPage, boolean isTable) {
        tree.clearTree(rootPage);
        if (isTable) {
            if (freeTableCount == freeTables.length) {
                freeTables = java.util.Arrays.copyOf(freeTables, freeTableCount * 2);
            }
            freeTables[freeTableCount++] = rootPage;
        } else {
            if (freeIndexCount == freeIndexes.length) {
                freeIndexes = java.util.Arrays.copyOf(freeIndexes, freeIndexCount * 2);
            }
            freeIndexes[freeIndexCount++] = rootPage;
        }
    }

    void close() {
        tree.rollback();
        tree.endRead();
        tree.close();
    }
}
