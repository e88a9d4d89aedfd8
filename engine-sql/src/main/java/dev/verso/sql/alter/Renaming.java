package dev.verso.sql.alter;

import dev.verso.parser.SqlParser;
import dev.verso.parser.ast.Definition;
import dev.verso.parser.ast.Definition.ColumnConstraint;
import dev.verso.parser.ast.Definition.ColumnDefinition;
import dev.verso.parser.ast.Definition.CreateTable;
import dev.verso.parser.ast.Definition.TableConstraint;
import java.util.ArrayList;
import java.util.List;

/** What renaming tables and columns share. */
final class Renaming {
    private Renaming() {}

    static CreateTable parse(String sql) {
        return (CreateTable) SqlParser.parseNext(sql, 0).statement();
    }

    /** All REFERENCES of a table. */
    static List<Definition.ForeignKey> references(CreateTable table) {
        List<Definition.ForeignKey> references = new ArrayList<>();
        for (ColumnDefinition column : table.columns()) {
            for (ColumnConstraint constraint : column.constraints()) {
                if (constraint instanceof Definition.ColumnReferences written) {
                    references.add(written.reference());
                }
            }
        }
        for (TableConstraint constraint : table.constraints()) {
            if (constraint instanceof Definition.TableForeignKey written) {
                references.add(written.reference());
            }
        }
        return references;
    }
}
