package dev.verso.sql.resolve;

import dev.verso.parser.ast.Name;
import dev.verso.sql.schema.Table;

/** Hears what the names of the text that is resolved were found to mean: how ALTER TABLE knows what to rewrite. */
public interface NameListener {
    /** The name means a column of a table. @param column position; the rowid, or the column that is the rowid, is {@link Table#ROWID} */
    void column(Name written, Table table, int column);

    /** The name, of a source of FROM or before a column's, means a table or view. */
    void table(Name written, Table table);

    /** The name in double quotes means no column and stands for a string. */
    void string(Name written);
}
