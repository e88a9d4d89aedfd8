package dev.verso.btree;

import java.util.List;

final class IntegrityCheck {
    IntegrityCheck(BTree tree, int maxFindings) {}

    List<String> run(int[] rootPages) {
        throw new UnsupportedOperationException("integrity check");
    }
}
