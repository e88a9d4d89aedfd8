package dev.verso.pager.file;

import java.util.Arrays;

/** Original images in memory: enough to roll back, not to survive a crash. */
final class MemoryJournal implements TransactionJournal {
    private int[] pageNumbers = new int[16];
    private byte[][] originals = new byte[16][];
    private int count;

    @Override
    public void add(int pageNumber, byte[] original) {
        if (count == pageNumbers.length) {
            pageNumbers = Arrays.copyOf(pageNumbers, count * 2);
            originals = Arrays.copyOf(originals, count * 2);
        }
        pageNumbers[count] = pageNumber;
        originals[count++] = original;
    }

    @Override
    public void addSuperJournal(String superJournal) {
        throw new IllegalStateException("a journal in memory cannot be tied to " + superJournal);
    }

    @Override
    public void makeDurable() {
        // Nothing here survives a crash, by the user's choice.
    }

    @Override
    public void playBack(PageWriter target) {
        for (int i = 0; i < count; i++) {
            target.write(pageNumbers[i], originals[i], 0);
        }
    }

    @Override
    public void drop() {
        count = 0;
        originals = new byte[0][];
        pageNumbers = new int[0];
    }
}
