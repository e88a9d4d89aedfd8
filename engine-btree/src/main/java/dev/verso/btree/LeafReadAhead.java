package dev.verso.btree;

/**
 * The leaves that a scan comes to next, a batch at a time, and the interior pages on the way to them. Batches grow while the scan goes
 * on, so that a query that stops early has not read much in vain.
 */
final class LeafReadAhead extends ReadAhead {
    private static final int FIRST_BATCH = 8;
    private static final int GROWTH = 4;
    private static final int MOST_LEAVES = 256;
    private static final int MOST_INTERIOR_PAGES = 8;

    private int batch;
    /** Leaf steps of the scan whose leaves have been asked for. */
    private int covered;

    private int leaves;
    private boolean lacksInterior;
    private int interiors;

    LeafReadAhead(BTree tree) {
        super(tree);
    }

    /** A new scan, or one that turned round. */
    void restart() {
        batch = FIRST_BATCH;
        covered = 0;
    }

    /** Before the cursor goes from the interior page in hand to that child, on its way to a leaf. */
    void beforeStep(TreeCursor cursor, int slot, int direction, int leafDepth) {
        if (covered > 0) {
            covered--;
            return;
        }
        int most = Math.min(batch, Math.max(1, pager.prefetchLimit()));
        int level = cursor.depth;
        for (int tries = 0; tries < leafDepth - level + 1; tries++) {
            leaves = 0;
            interiors = 0;
            lacksInterior = false;
            collect(cursor.page, cursor.pageNumber, slot, direction, leafDepth - level, most);
            for (int up = level - 1; up >= 0 && goesOn(most); up--) {
                int next = cursor.pathIndexes[up] + direction;
                collect(cursor.pathImages[up], cursor.pathPages[up], next, direction, leafDepth - up, most);
            }
            ask();
            if (leaves > 1 || !lacksInterior) {
                break;
            }
        }
        covered = Math.max(0, leaves - 1);
        batch = Math.min(batch * GROWTH, MOST_LEAVES);
    }

    private boolean goesOn(int most) {
        return leaves < most && interiors < MOST_INTERIOR_PAGES;
    }

    private void collect(byte[] image, int page, int from, int direction, int height, int most) {
        int cells = cells(image, page);
        for (int slot = from; slot >= 0 && slot <= cells && goesOn(most); slot += direction) {
            int child = child(image, page, slot, cells);
            if (height <= 1) {
                want(child);
                leaves++;
                continue;
            }
            byte[] below = pager.atHand(child);
            if (below == null) {
                want(child);
                lacksInterior = true;
                interiors++;
            } else if (lacksInterior) {
                // Leaves behind a gap would not be the next ones.
                interiors++;
            } else if (isInterior(below, child)) {
                collect(below, child, direction > 0 ? 0 : cells(below, child), direction, height - 1, most);
            }
        }
    }
}
