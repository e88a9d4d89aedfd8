package dev.verso.sql.plan;

import dev.verso.sql.bound.Source;
import dev.verso.vm.Opcode;
import java.util.ArrayList;
import java.util.List;

/** One of the nested loops while its code is being written. */
final class LoopLevel {
    /**
     * A loop over the values of an IN, around the search for each.
     *
     * @param keyBase first register of the index key
     * @param prefix columns of the key before this IN's, without any entry of which the further values are not tried; 0 to try all
     */
    record InLoop(
            int cursor,
            int rewindAddress,
            int topAddress,
            List<Integer> nullTests,
            Opcode step,
            int keyBase,
            int prefix) {}

    final LoopCandidate plan;
    final Source source;
    final boolean reversed;
    private final boolean outerJoin;
    /** Sources of the loops around this one. */
    final long outer;

    /** Where to go for the next row. */
    int continueLabel;
    /** For an EXISTS: where to go when its match has been used; 0 for other loops. */
    int matchUsedLabel;
    /** Where to go for the next value of an IN; {@link #breakLabel} if there is none. */
    int nextLabel;
    /** Where to go when there are no more rows. */
    int breakLabel;

    /** The instruction that goes to the next row: null if there is none. */
    Opcode step;

    int stepP1;
    int stepP2;
    int stepP3;

    final List<InLoop> inLoops = new ArrayList<>();
    /** Address of the seek to the next value of a skip-scan; 0 if there is none. */
    int skipAddress;
    /** Address of code that seeks past the NULLs of the first key column that is not fixed; 0 if there is none. */
    int pastNullsAddress;
    /** Register that counts the two passes of a LIKE range; 0 if there is none. */
    int likeCounter;

    int likeAddress;
    /** Register that is 1 in the first pass and 0 in the second where NULLs have a pass of their own; 0 if they have none. */
    int passRegister;
    /** Where a pass ends. */
    int passLabel;
    /** Address of the seek that begins the second pass. */
    int secondPassAddress;

    /** Set to 1 when a row has met the ON condition; 0 if this is no outer join. */
    int matchRegister;
    /** Where code goes on after the ON condition is met. */
    int matchedAddress;

    /** Cursor of the index, or -1. */
    int indexCursor = -1;
    /** True if the table's cursor follows the index cursor. */
    boolean seeksTable;
    /** Leading columns of the index of which one entry for each combination is enough; 0 to visit all. */
    int distinctColumns;
    /** True if the rows may be written as they are found, for which their table is needed, whatever the index holds. */
    boolean changesRow;
    /** Register of the Bloom filter, or 0. */
    int filterRegister;
    /** True if an automatic index leaves out rows that do not meet conditions on the source alone. */
    boolean partialIndex;

    /** The line of EXPLAIN QUERY PLAN, or 0. */
    int planLine;

    /** First instruction that may read the source's columns. */
    int bodyAddress;

    LoopLevel(LoopCandidate plan, Source source, boolean outerJoin, boolean reversed, long outer) {
        this.outerJoin = outerJoin;
        this.plan = plan;
        this.source = source;
        this.reversed = reversed;
        this.outer = outer;
    }

    long available() {
        return outer | plan.self;
    }

    boolean isOuterJoin() {
        return outerJoin;
    }

    /** The term needs no test in this loop or inside of it: the way in which rows are found guarantees it. Its parent neither, if all children are so. */
    void guarantee(Term term) {
        Term at = term;
        while (!at.is(Term.CODED) && (!isOuterJoin() || at.onSource >= 0) && (at.needed & ~available()) == 0) {
            at.flags |= Term.CODED;
            at = at.parent;
            if (at == null || --at.children != 0) {
                return;
            }
        }
    }
}
