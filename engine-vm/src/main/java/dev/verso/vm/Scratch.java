package dev.verso.vm;

import dev.verso.record.RecordBuilder;
import dev.verso.record.SearchKey;
import dev.verso.vm.value.Value;

/** What instructions need for a moment: shared by all machines of a session, because no instruction runs inside another. */
final class Scratch {
    final RecordBuilder builder = new RecordBuilder();
    final SearchKey searchKey = new SearchKey();
    final Value left = new Value();
    final Value right = new Value();
    final Value concatenation = new Value();
    final Value functionResult = new Value();
    /** Row that RowCell kept for the Insert after it. */
    final Value preformatted = new Value();

    /** Lets go of large buffers, at the end of a statement. */
    void release() {
        left.releaseLarge();
        right.releaseLarge();
        concatenation.releaseLarge();
        functionResult.releaseLarge();
        preformatted.releaseLarge();
    }
}
