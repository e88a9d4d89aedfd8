package dev.verso.sql.code;

import dev.verso.sql.bound.BoundSelect;
import dev.verso.vm.value.Affinity;
import java.util.List;

/** Compiles the queries inside expressions. Implemented by the query compiler, which stands above. */
public interface SubqueryCompiler {
    /** Emits the query so that its first row lands in {@code count} registers from {@code first} on; they are NULL if there is none. */
    void compileRow(BoundSelect select, int first, int count);

    /** Emits the query so that register {@code target} becomes 1 if it has a row, else 0. */
    void compileExists(BoundSelect select, int target);

    /**
     * Emits the query so that each row becomes an entry of the ephemeral index, its columns under those affinities.
     *
     * @param filter register of a Bloom filter that rows are added to; 0 for none
     * @return true if all rows are in the filter
     */
    boolean compileSet(BoundSelect select, int cursor, List<Affinity> affinities, int filter);
}
