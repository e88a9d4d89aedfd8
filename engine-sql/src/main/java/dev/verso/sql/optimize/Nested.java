package dev.verso.sql.optimize;

import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Trees;
import java.util.function.Consumer;

/** Visits the queries inside a query, at any depth. */
final class Nested {
    private Nested() {}

    static void forEach(BoundSelect select, Consumer<BoundSelect> visitor) {
        for (BoundExpr expr : Trees.expressions(select)) {
            Trees.walk(expr, part -> {
                BoundSelect nested = Trees.subselect(part);
                if (nested != null) {
                    visit(nested, visitor);
                }
            });
        }
        for (Source source : select.sources()) {
            if (source.isQuery() && !source.isProvided()) {
                visit(source.select(), visitor);
            }
        }
        if (select.isCompound()) {
            visit(select.compoundLeft(), visitor);
            visit(select.compoundRight(), visitor);
        }
    }

    private static void visit(BoundSelect select, Consumer<BoundSelect> visitor) {
        visitor.accept(select);
        forEach(select, visitor);
    }
}
