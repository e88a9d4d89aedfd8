package dev.verso.sql.ddl;

import dev.verso.parser.ast.Command.Reindex;
import dev.verso.record.AsciiCase;
import dev.verso.sql.schema.Index;
import dev.verso.sql.schema.Schema;
import dev.verso.sql.schema.Schemas;
import dev.verso.sql.schema.Table;
import dev.verso.sql.write.IndexFill;
import dev.verso.sql.write.WriteContext;
import java.util.List;
import java.util.function.Predicate;

/** Code of REINDEX: indexes are emptied and filled again from their tables. */
public final class ReindexCompiler {
    private final WriteContext context;
    private final Schemas schemas;
    private final Reindex statement;

    public ReindexCompiler(WriteContext context, Schemas schemas, Reindex statement) {
        this.context = context;
        this.schemas = schemas;
        this.statement = statement;
    }

    /** Emits the statement. */
    public void compile() {
        if (statement.name() == null) {
            Predicate<Index> wanted = statement.expressions() ? ReindexCompiler::hasExpression : index -> true;
            reindexAll(schemas.all(), wanted);
            return;
        }
        String name = statement.name().text();
        if (statement.schema() == null && context.code().session().collation(name) != null) {
            reindexAll(schemas.all(), index -> uses(index, name));
            return;
        }
        String schemaName =
                statement.schema() == null ? null : statement.schema().text();
        if (schemaName != null && schemas.databaseNumber(schemaName) < 0) {
            throw context.unknownDatabase(statement.schema());
        }
        Table table = schemas.table(schemaName, name);
        if (table != null) {
            reindex(table, index -> true);
            return;
        }
        Index index = schemas.index(schemaName, name);
        if (index == null) {
            throw WriteContext.error("unable to identify the object to be reindexed");
        }
        reindex(index);
    }

    private static boolean uses(Index index, String collation) {
        return index.parts().stream()
                .anyMatch(part -> part.column() != Index.ROWID && AsciiCase.same(part.collation(), collation));
    }

    private static boolean hasExpression(Index index) {
        return index.parts().stream().anyMatch(part -> part.column() == Index.EXPRESSION);
    }

    private void reindexAll(List<Schema> all, Predicate<Index> wanted) {
        for (Schema schema : all) {
            for (Table table : schema.tables()) {
                reindex(table, wanted);
            }
        }
    }

    private void reindex(Table table, Predicate<Index> wanted) {
        for (Index index : table.indexes()) {
            if (wanted.test(index)) {
                reindex(index);
            }
        }
    }

    private void reindex(Index index) {
        int database = index.table().schema().database();
        context.code().writes(database);
        context.builder().multiWrite();
        context.builder().mayAbort();
        IndexFill.refill(context, index);
    }
}
