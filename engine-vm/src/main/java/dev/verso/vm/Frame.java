package dev.verso.vm;

import dev.verso.vm.function.Aggregator;
import dev.verso.vm.value.Value;
import java.util.Arrays;

/** State of one activation of a program: the statement itself, or a subprogram that it is in. Kept and reused by its place in the caller. */
final class Frame {
    final Program program;
    final Frame parent;
    final Value[] registers;
    final Cursor[] cursors;
    final boolean[] once;
    final CallSite[] callSites;
    /** States of aggregates by accumulator register; null until there is one. */
    Aggregator[] aggregators;
    /** Row sets by register; null until there is one. */
    RowSet[] rowSets;
    /** Frames of the subprograms that this one calls, by the ordinal of the calling instruction. */
    private final Frame[] children;

    private final int depth;

    /** First register of the arguments, in the parent's frame. */
    int argumentBase;
    /** Where the parent goes on, normally and after IGNORE. */
    int returnAddress;

    int ignoreAddress;
    long savedChanges;
    long savedPublishedChanges;
    long savedLastInsertRowid;
    boolean active;

    Frame(Program program, Frame parent) {
        this.program = program;
        this.parent = parent;
        depth = parent == null ? 0 : parent.depth + 1;
        registers = new Value[program.registerCount() + 1];
        for (int i = 0; i < registers.length; i++) {
            registers[i] = new Value();
        }
        cursors = new Cursor[program.cursorCount()];
        for (int i = 0; i < cursors.length; i++) {
            cursors[i] = new Cursor();
        }
        once = new boolean[program.onceCount()];
        callSites = new CallSite[program.callSiteCount()];
        children = new Frame[program.subprogramCount()];
    }

    Frame child(int ordinal, Program subprogram) {
        Frame child = children[ordinal];
        if (child == null) {
            child = new Frame(subprogram, this);
            children[ordinal] = child;
        }
        return child;
    }

    /** Nothing done once; the registers are NULL already. */
    void begin() {
        if (once.length > 0) {
            Arrays.fill(once, false);
        }
        active = true;
    }

    /** Closes the cursors of this frame and lets go of what its registers hold. */
    void end() {
        for (Cursor cursor : cursors) {
            cursor.close();
        }
        for (CallSite site : callSites) {
            if (site != null) {
                site.forget();
            }
        }
        for (Value register : registers) {
            register.release();
        }
        aggregators = null;
        rowSets = null;
        active = false;
    }

    /** True if the program runs in this frame or one that leads to it. */
    boolean isRunning(Object token) {
        for (Frame frame = this; frame != null; frame = frame.parent) {
            if (frame.program.token() == token) {
                return true;
            }
        }
        return false;
    }

    /** Number of frames around this one. */
    int depth() {
        return depth;
    }
}
