package dev.verso.sql.resolve;

import dev.verso.parser.ast.Name;
import dev.verso.parser.ast.Select;
import dev.verso.parser.ast.Select.CompoundOp;
import dev.verso.parser.ast.Select.FromItem;
import dev.verso.parser.ast.Select.JoinKind;
import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.BoundColumn;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Trees;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * RIGHT and FULL joins. {@code L RIGHT JOIN R} becomes the query {@code L JOIN R UNION ALL} the rows of R without a partner in L; FULL has a LEFT
 * JOIN in the first half. That is the order of rows in which SQLite delivers them, too.
 */
final class RightJoins {
    private final Names names;
    private final FromResolver from;

    RightJoins(Names names, FromResolver from) {
        this.names = names;
        this.from = from;
    }

    static boolean is(FromItem item) {
        return item.join() != null
                && (item.join().kind() == JoinKind.RIGHT || item.join().kind() == JoinKind.FULL);
    }

    /** Columns of the result as they come into being: for both halves, with the names that they are known by. */
    private static final class Columns {
        private final BoundSelect matched;
        private final BoundSelect unmatched;
        private final List<Source.ColumnOrigin> origins = new ArrayList<>();
        private final List<String> names = new ArrayList<>();

        Columns(BoundSelect matched, BoundSelect unmatched) {
            this.matched = matched;
            this.unmatched = unmatched;
        }

        void addRowid(String table, String column, BoundExpr inMatched, BoundExpr inUnmatched) {
            add(table, column, true, inMatched, inUnmatched);
            origins.set(origins.size() - 1, Source.ColumnOrigin.rowid(table, column));
        }

        void add(String table, String column, boolean hidden, BoundExpr inMatched, BoundExpr inUnmatched) {
            origins.add(new Source.ColumnOrigin(null, table, column, hidden));
            names.add(column);
            matched.columns().add(new BoundColumn(inMatched, column, true));
            unmatched.columns().add(new BoundColumn(inUnmatched, column, true));
        }
    }

    /** The source that stands for everything up to and with the join. */
    Source resolve(List<FromItem> left, FromItem right, Scope outer) {
        boolean full = right.join().kind() == JoinKind.FULL;
        List<FromItem> items = new ArrayList<>(left);
        items.add(new FromItem(
                new Select.Join(
                        full ? JoinKind.LEFT : JoinKind.INNER, right.join().natural()),
                right.source(),
                right.on(),
                right.using()));
        FromResolver.Joined all = from.resolve(items, null, outer);
        BoundSelect matched = new BoundSelect();
        finish(matched, all, null, outer);

        BoundSelect unmatched = new BoundSelect();
        BoundSelect partners = new BoundSelect();
        FromResolver.Joined alone =
                from.resolve(List.of(new FromItem(null, right.source(), null, List.of())), null, outer);
        FromResolver.Joined others = from.resolve(left, null, outer);
        Scope aloneScope = finish(unmatched, alone, null, outer);
        Set<String> merged = mergedColumns(right, alone, others);
        BoundExpr using = usingCondition(merged, alone, others);
        Scope partnerScope = finish(partners, others, using, aloneScope);
        if (right.on() != null) {
            BoundExpr on = names.expressions().scalar(right.on(), partnerScope);
            partners.where(Trees.and(partners.where(), on));
        }
        partners.columns().add(new BoundColumn(BoundExpr.Literal.of(1), "1", false));
        Set<Source> used = new LinkedHashSet<>();
        Trees.collectSources(partners.where(), used);
        partners.sources().forEach(used::remove);
        partners.outerSources().addAll(used);
        unmatched.where(Trees.and(unmatched.where(), new BoundExpr.Not(new BoundExpr.Exists(partners))));
        alone.sources().forEach(used::remove);
        unmatched.outerSources().addAll(used);

        Columns columns = new Columns(matched, unmatched);
        int leftCount = others.sources().size();
        leftColumns(columns, all, alone, leftCount, merged, full);
        rightColumns(columns, all, alone, leftCount, merged);

        Select.Body place = new Select.Values(right.source().span(), List.of());
        names.register(matched, place);
        names.register(partners, place);
        names.register(unmatched, place);
        BoundSelect both = new BoundSelect();
        both.compound(matched, CompoundOp.UNION_ALL, unmatched);
        both.columns().addAll(matched.columns());
        both.outerSources().addAll(matched.outerSources());
        both.outerSources().addAll(unmatched.outerSources());
        markOperands(all);
        markOperands(alone);
        markOperands(others);
        Source source = new Source(null, both, null);
        source.columnNames(columns.names);
        source.nestedOrigins(columns.origins);
        return source;
    }

    private static void markOperands(FromResolver.Joined operands) {
        for (Source operand : operands.sources()) {
            operand.rightJoined(true);
        }
    }

    /** Sources and conditions of one half. */
    private Scope finish(BoundSelect select, FromResolver.Joined joined, BoundExpr more, Scope outer) {
        select.sources().addAll(joined.sources());
        for (Source source : joined.sources()) {
            if (source.isQuery()) {
                select.outerSources().addAll(source.select().outerSources());
            }
        }
        QueryScope query = new QueryScope(select);
        query.clause(QueryScope.Clause.WHERE);
        Scope scope = Scope.of(select.sources(), outer).query(query);
        select.where(Trees.and(from.conditions(joined, scope), more));
        return scope;
    }

    private static Set<String> mergedColumns(FromItem right, FromResolver.Joined alone, FromResolver.Joined others) {
        Set<String> merged = new LinkedHashSet<>();
        if (right.join().natural()) {
            for (Source source : alone.sources()) {
                merged.addAll(FromResolver.commonColumns(source, others.sources()));
            }
        }
        for (Name column : right.using()) {
            merged.add(column.text());
        }
        return merged;
    }

    private BoundExpr usingCondition(Set<String> merged, FromResolver.Joined alone, FromResolver.Joined others) {
        BoundExpr condition = null;
        for (String column : merged) {
            for (Source source : alone.sources()) {
                if (FromResolver.position(source, column) >= 0) {
                    BoundExpr before = source.on();
                    source.on(null);
                    from.using(source, column, others);
                    condition = Trees.and(condition, source.on());
                    source.on(before);
                    source.usingColumns().remove(column);
                    break;
                }
            }
        }
        return condition;
    }

    private void leftColumns(
            Columns columns,
            FromResolver.Joined all,
            FromResolver.Joined alone,
            int leftCount,
            Set<String> merged,
            boolean full) {
        Set<String> done = new LinkedHashSet<>();
        for (Source source : all.sources().subList(0, leftCount)) {
            for (int i = 0; i < source.columnCount(); i++) {
                if (isRowid(source, i)) {
                    BoundExpr rowid = names.expressions().columns().reference(source, i);
                    columns.addRowid(
                            origin(source, i).table(), origin(source, i).column(), rowid, BoundExpr.Literal.NULL);
                }
                if (source.isHidden(i)) {
                    continue;
                }
                Source.ColumnOrigin inside = origin(source, i);
                BoundExpr value = names.expressions().columns().reference(source, i);
                boolean hidden = inside.hiddenByUsing() || isIn(source.usingColumns(), inside.column());
                boolean isMerged = isIn(merged, inside.column());
                if (isMerged && !hidden && done.add(AsciiCase.lower(inside.column()))) {
                    BoundExpr fromRight = column(
                            all.sources().subList(leftCount, all.sources().size()), inside.column());
                    BoundExpr either = full
                            ? names.expressions().functions().builtIn("coalesce", List.of(value, fromRight))
                            : fromRight;
                    columns.add(null, inside.column(), false, either, column(alone.sources(), inside.column()));
                }
                columns.add(inside.table(), inside.column(), hidden || isMerged, value, BoundExpr.Literal.NULL);
            }
            if (source.table() != null && source.table().hasRowid()) {
                columns.addRowid(source.name(), source.rowidName(), rowid(source), BoundExpr.Literal.NULL);
            }
        }
    }

    private BoundExpr column(List<Source> sources, String name) {
        for (Source source : sources) {
            int position = FromResolver.position(source, name);
            if (position >= 0) {
                return names.expressions().columns().reference(source, position);
            }
        }
        throw SqlError.of("cannot join using column " + name + " - column not present in both tables");
    }

    private void rightColumns(
            Columns columns, FromResolver.Joined all, FromResolver.Joined alone, int leftCount, Set<String> merged) {
        for (int k = 0; k < alone.sources().size(); k++) {
            Source inMatched = all.sources().get(leftCount + k);
            Source inUnmatched = alone.sources().get(k);
            for (int i = 0; i < inMatched.columnCount(); i++) {
                if (isRowid(inMatched, i)) {
                    columns.addRowid(
                            origin(inMatched, i).table(),
                            origin(inMatched, i).column(),
                            names.expressions().columns().reference(inMatched, i),
                            names.expressions().columns().reference(inUnmatched, i));
                }
                if (inMatched.isHidden(i)) {
                    continue;
                }
                Source.ColumnOrigin inside = origin(inUnmatched, i);
                boolean hidden = inside.hiddenByUsing()
                        || isIn(inUnmatched.usingColumns(), inside.column())
                        || isIn(merged, inside.column());
                columns.add(
                        inside.table(),
                        inside.column(),
                        hidden,
                        names.expressions().columns().reference(inMatched, i),
                        names.expressions().columns().reference(inUnmatched, i));
            }
            if (inMatched.table() != null && inMatched.table().hasRowid()) {
                columns.addRowid(inMatched.name(), inMatched.rowidName(), rowid(inMatched), rowid(inUnmatched));
            }
        }
    }

    private BoundExpr rowid(Source source) {
        return names.expressions().columns().reference(source, Source.ROWID);
    }

    private static boolean isRowid(Source source, int column) {
        return source.nestedOrigins() != null
                && source.nestedOrigins().get(column).isRowid();
    }

    private static Source.ColumnOrigin origin(Source source, int column) {
        return source.nestedOrigins() != null
                ? source.nestedOrigins().get(column)
                : new Source.ColumnOrigin(null, source.name(), source.columnName(column), false);
    }

    private static boolean isIn(Iterable<String> columns, String column) {
        for (String known : columns) {
            if (AsciiCase.same(known, column)) {
                return true;
            }
        }
        return false;
    }
}
