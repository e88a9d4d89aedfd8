package dev.verso.sql.plan;

import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.bound.Trees;
import dev.verso.vm.value.Affinity;
import java.util.ArrayList;
import java.util.List;

/** Finds the terms that constrain one key column of a tree, through equivalences {@code a.x = b.y} too. */
final class TermScan {
    /** A term, and whether it was reached through an equivalence. */
    record Found(Term term, boolean transitive) {}

    private static final int MAX_EQUIVALENT = 11;

    private record ColumnOf(int source, int column) {}

    private TermScan() {}

    /** @param key position of the key column in the shape */
    static List<Found> find(PlanInput input, TermList list, int source, IndexShape shape, int key, int operators) {
        int column = shape.columns[key];
        Affinity affinity = column == Source.ROWID ? null : shape.affinity(key);
        return find(input, list, source, column, shape.expressions[key], affinity, shape.collations[key], operators);
    }

    static List<Found> find(
            PlanInput input,
            TermList list,
            int source,
            int column,
            BoundExpr expression,
            Affinity affinity,
            String collation,
            int operators) {
        List<Found> found = List.of();
        // The column itself, then those that must be equal to it; the list is made when there is one.
        List<ColumnOf> columns = List.of();
        int wantedSource = source;
        int wantedColumn = column;
        for (int i = 0; i == 0 || i < columns.size(); i++) {
            if (i > 0) {
                wantedSource = columns.get(i).source;
                wantedColumn = columns.get(i).column;
            }
            for (TermList at = list; at != null; at = at.outer) {
                for (int t = 0; t < at.terms.size(); t++) {
                    Term term = at.terms.get(t);
                    if (term.source != wantedSource
                            || term.column != wantedColumn
                            || term.column == Term.EXPRESSION && !Traits.sameApartFromCollation(term.left, expression)
                            || i > 0 && term.onSource >= 0) {
                        continue;
                    }
                    if (term.isOneOf(Operators.EQUIVALENCE) && columns.size() < MAX_EQUIVALENT) {
                        if (columns.isEmpty()) {
                            columns = new ArrayList<>();
                            columns.add(new ColumnOf(source, column));
                        }
                        addEquivalent(input, term, columns);
                    }
                    if (term.isOneOf(operators)
                            && fits(term, affinity, column, collation)
                            && !isTrivial(term, input, source, column)) {
                        if (found.isEmpty()) {
                            found = new ArrayList<>(4);
                        }
                        found.add(new Found(term, i > 0));
                    }
                }
            }
        }
        return found;
    }

    private static void addEquivalent(PlanInput input, Term term, List<ColumnOf> columns) {
        if (Trees.skipCollateAndLikely(term.right) instanceof BoundExpr.ColumnRef ref) {
            int other = input.sources.indexOf(ref.source());
            ColumnOf equivalent = new ColumnOf(other, PlanInput.normalized(ref.source(), ref.column()));
            if (other >= 0 && !isAmong(columns, equivalent)) {
                columns.add(equivalent);
            }
        }
    }

    private static boolean isAmong(List<ColumnOf> columns, ColumnOf wanted) {
        for (ColumnOf known : columns) {
            if (known.source == wanted.source && known.column == wanted.column) {
                return true;
            }
        }
        return false;
    }

    /** True if the comparison is made as the index compares: by the same collation and without changing what the index holds. */
    private static boolean fits(Term term, Affinity affinity, int column, String collation) {
        if (term.isOneOf(Operators.IS_NULL)) {
            return true;
        }
        if (affinity != null && !fits(term.affinity, affinity)) {
            return false;
        }
        return column == Source.ROWID || AsciiCase.same(term.collation, collation);
    }

    static boolean fits(Affinity comparison, Affinity indexed) {
        return switch (comparison) {
            case NONE, BLOB -> true;
            case TEXT -> indexed == Affinity.TEXT;
            case NUMERIC, INTEGER, REAL, FLEXNUM -> indexed.isNumeric();
        };
    }

    private static boolean isTrivial(Term term, PlanInput input, int source, int column) {
        return term.isOneOf(Operators.EQUAL | Operators.IS)
                && term.right instanceof BoundExpr.ColumnRef ref
                && input.sources.indexOf(ref.source()) == source
                && PlanInput.normalized(ref.source(), ref.column()) == column;
    }
}
