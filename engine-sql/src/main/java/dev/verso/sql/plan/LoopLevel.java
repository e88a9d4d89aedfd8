package dev.verso.sql.plan;

import dev.verso.sql.bound.Source;
import dev.verso.vm.Opcode;

/** One of the nested loops while its code is being written. */
final class LoopLevel {
    final Source source;
    final int sourceIndex;
    int continueLabel;
    int breakLabel;
    /** The instruction that goes to the next row: {@code null} if there is none. */
    Opcode step;

    int stepP1;
    int stepP2;
    /** Set to 1 when a row has met the ON condition; 0 if this is no outer join. */
    int matchRegister;
    /** Where code goes on after the ON condition is met. */
    int matchedAddress;

    LoopLevel(Source source, int sourceIndex) {
        this.source = source;
        this.sourceIndex = sourceIndex;
    }
}
