package dev.verso.sql.resolve;

import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Name;
import dev.verso.parser.ast.Select;
import dev.verso.parser.ast.Select.FromItem;
import dev.verso.parser.ast.Select.JoinKind;
import dev.verso.parser.ast.Span;
import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.BoundColumn;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Trees;
import dev.verso.sql.schema.Index;
import dev.verso.sql.schema.Table;
import dev.verso.vtab.VirtualTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** FROM clauses: sources, joins, USING and NATURAL. */
final class FromResolver {
    private final Names names;
    private final CommonTables commonTables;
    private final RightJoins rightJoins;

    FromResolver(Names names) {
        this.names = names;
        commonTables = new CommonTables(names);
        rightJoins = new RightJoins(names, this);
    }

    /** The ON of one join, waiting for all sources to be known. @param source right side of the join */
    private record PendingOn(Source source, Expr on) {}

    /** Arguments of a table-valued function, waiting likewise. */
    private record PendingArguments(Source source, List<Expr> arguments) {}

    /** A FROM clause whose conditions are not yet resolved: they may use all its sources. */
    static final class Joined {
        private final List<Source> sources = new ArrayList<>();
        private final List<PendingOn> ons = new ArrayList<>();
        private final List<PendingArguments> arguments = new ArrayList<>();
        /** What a RIGHT or FULL join has made of all sources before; null if there was none. */
        private Source rightJoined;

        List<Source> sources() {
            return sources;
        }
    }

    /** The scope in which a statement with that WITH is resolved. */
    Scope with(Select.With with, Scope around) {
        if (with == null) {
            return around;
        }
        return Scope.of(List.of(), around).commonTables(new CommonTableScope(around.commonTables(), with.tables()));
    }

    /** @param first a source that stands to the left of the items already (the target of UPDATE … FROM), or null */
    Joined resolve(List<FromItem> items, Source first, Scope outer) {
        Joined joined = new Joined();
        List<FromItem> whole = items;
        if (first != null) {
            joined.sources.add(first);
            if (items.stream().anyMatch(RightJoins::is)) {
                // Joined as a whole, as if in parentheses: rows without partners are not to meet the target as one.
                Select.JoinSource inside = new Select.JoinSource(Span.NONE, items, null);
                whole = List.of(new FromItem(null, inside, null, List.of()));
            }
        }
        addItems(whole, outer, joined);
        if (first != null) {
            joined.sources.remove(first);
        }
        return joined;
    }

    /** Of a lone source in parentheses nothing but the alias behind them counts, unless it is the first one of its chain. */
    private static FromItem withoutParentheses(FromItem item) {
        if (!(item.source() instanceof Select.JoinSource join)
                || item.join() == null
                        && join.alias() == null
                        && item.on() == null
                        && item.using().isEmpty()) {
            return item;
        }
        Select.Source only = only(join);
        if (only == null) {
            return item;
        }
        Select.Source renamed;
        if (only instanceof Select.TableSource table) {
            renamed = new Select.TableSource(
                    table.span(), table.schema(), table.table(), join.alias(), null, table.notIndexed());
        } else if (only instanceof Select.FunctionSource function) {
            renamed = new Select.FunctionSource(
                    function.span(), function.schema(), function.function(), function.arguments(), join.alias());
        } else if (only instanceof Select.SubquerySource query) {
            renamed = new Select.SubquerySource(query.span(), query.select(), join.alias());
        } else {
            Select.JoinSource inside = (Select.JoinSource) only;
            renamed = new Select.JoinSource(inside.span(), inside.items(), join.alias());
        }
        return new FromItem(item.join(), renamed, item.on(), item.using());
    }

    /** The only source between the parentheses, or null if there are several. */
    private static Select.Source only(Select.JoinSource join) {
        if (join.items().size() > 1) {
            return null;
        }
        Select.Source source = join.items().get(0).source();
        boolean isBare = source instanceof Select.JoinSource inside && inside.alias() == null;
        return isBare ? only((Select.JoinSource) source) : source;
    }

    private void addItems(List<FromItem> written, Scope outer, Joined joined) {
        List<FromItem> items =
                written.stream().map(FromResolver::withoutParentheses).toList();
        boolean alone = joined.sources.isEmpty();
        boolean leading = true;
        for (int i = 0; i < items.size(); i++) {
            FromItem item = items.get(i);
            if (!leading && RightJoins.is(item)) {
                assert alone : "a RIGHT or FULL join to the right of other sources is not in parentheses";
                Source whole = rightJoins.resolve(items.subList(0, i), item, outer);
                joined.sources.clear();
                joined.ons.clear();
                joined.arguments.clear();
                joined.sources.add(whole);
                joined.rightJoined = whole;
                continue;
            }
            if (leading && (item.on() != null || !item.using().isEmpty())) {
                throw SqlError.of("a JOIN clause is required before " + (item.on() != null ? "ON" : "USING"));
            }
            if (item.source() instanceof Select.JoinSource join
                    && join.alias() == null
                    && mayFlatten(item, join, joined)) {
                int before = joined.sources.size();
                addItems(join.items(), outer, joined);
                Source firstInside = joined.sources.get(before);
                if (before > 0) {
                    firstInside.join(
                            item.join() == null ? JoinKind.COMMA : item.join().kind());
                }
                if (item.on() != null) {
                    joined.ons.add(new PendingOn(joined.sources.get(joined.sources.size() - 1), item.on()));
                }
            } else {
                Source source = source(item.source(), outer, joined);
                JoinKind kind =
                        item.join() == null ? JoinKind.COMMA : item.join().kind();
                boolean isFirst = joined.sources.isEmpty();
                source.join(isFirst ? null : kind);
                if (!isFirst) {
                    join(source, kind, item, joined);
                }
                joined.sources.add(source);
            }
            leading = false;
        }
    }

    /** A join in parentheses dissolves where that changes nothing: at the left end, or when all joins concerned are inner ones. */
    private static boolean mayFlatten(FromItem item, Select.JoinSource join, Joined joined) {
        if (joined.sources.isEmpty()) {
            return item.join() == null || !item.join().natural();
        }
        if (item.join() == null) {
            return false;
        }
        if (item.join().natural()
                || !item.using().isEmpty()
                || isOuter(item.join().kind())) {
            return false;
        }
        for (FromItem inner : join.items()) {
            if (inner.join() != null
                            && (inner.join().natural() || isOuter(inner.join().kind()))
                    || !inner.using().isEmpty()
                    || inner.source() instanceof Select.JoinSource) {
                return false;
            }
        }
        return true;
    }

    static boolean isOuter(JoinKind kind) {
        return kind == JoinKind.LEFT || kind == JoinKind.RIGHT || kind == JoinKind.FULL;
    }

    private void join(Source source, JoinKind kind, FromItem item, Joined joined) {
        if (kind == JoinKind.LEFT || kind == JoinKind.FULL) {
            source.nullable(true);
        }
        if (kind == JoinKind.RIGHT || kind == JoinKind.FULL) {
            for (Source left : joined.sources) {
                left.nullable(true);
            }
        }
        boolean natural = item.join() != null && item.join().natural();
        if (natural && (item.on() != null || !item.using().isEmpty())) {
            throw SqlError.of("a NATURAL join may not have an ON or USING clause");
        }
        if (natural) {
            for (String column : commonColumns(source, joined.sources)) {
                using(source, column, joined);
            }
        }
        if (!item.using().isEmpty()) {
            Set<String> done = new HashSet<>();
            for (Name column : item.using()) {
                if (done.add(AsciiCase.lower(column.text()))) {
                    using(source, column.text(), joined);
                }
            }
        }
        if (item.on() != null) {
            joined.ons.add(new PendingOn(source, item.on()));
        }
    }

    static List<String> commonColumns(Source right, List<Source> lefts) {
        List<String> common = new ArrayList<>();
        for (int i = 0; i < right.columnCount(); i++) {
            String name = visibleName(right, i);
            if (name == null) {
                continue;
            }
            for (Source left : lefts) {
                if (position(left, name) >= 0) {
                    common.add(name);
                    break;
                }
            }
        }
        return common;
    }

    /** Name of a column as joins see it; null if they don't. */
    private static String visibleName(Source source, int column) {
        if (source.isHidden(column)) {
            return null;
        }
        if (source.nestedOrigins() != null) {
            Source.ColumnOrigin origin = source.nestedOrigins().get(column);
            return origin.hiddenByUsing() ? null : origin.column();
        }
        return source.columnName(column);
    }

    static int position(Source source, String name) {
        for (int i = 0; i < source.columnCount(); i++) {
            if (AsciiCase.same(name, visibleName(source, i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isTwiceIn(Source source, String name) {
        int count = 0;
        for (int i = 0; i < source.columnCount(); i++) {
            count += AsciiCase.same(name, visibleName(source, i)) ? 1 : 0;
        }
        return count > 1;
    }

    void using(Source right, String name, Joined joined) {
        int rightColumn = position(right, name);
        List<BoundExpr> lefts = new ArrayList<>();
        boolean afterRightJoin = false;
        for (Source left : joined.sources) {
            afterRightJoin |= left.join() == JoinKind.RIGHT || left.join() == JoinKind.FULL;
        }
        for (Source left : joined.sources) {
            int column = position(left, name);
            if (column < 0) {
                continue;
            }
            if (!lefts.isEmpty() && !left.isUsing(name) || left == joined.rightJoined && isTwiceIn(left, name)) {
                throw SqlError.of("ambiguous reference to " + name + " in USING()");
            }
            lefts.add(names.expressions().columns().reference(left, column));
            if (!afterRightJoin) {
                // A further one to the right would have to be merged with this one by USING: the leftmost stands for
                // all.
                checkUnambiguous(joined.sources, left, name);
                break;
            }
        }
        if (rightColumn < 0 || lefts.isEmpty()) {
            throw SqlError.of("cannot join using column " + name + " - column not present in both tables");
        }
        BoundExpr left = lefts.size() == 1
                ? lefts.get(0)
                : names.expressions().functions().builtIn("coalesce", lefts);
        BoundExpr equal = new BoundExpr.Comparison(
                BoundExpr.ComparisonOp.EQUAL,
                left,
                names.expressions().columns().reference(right, rightColumn));
        right.usingColumns().add(name);
        right.on(Trees.and(right.on(), equal));
    }

    private static void checkUnambiguous(List<Source> sources, Source first, String name) {
        boolean after = false;
        for (Source source : sources) {
            if (after && position(source, name) >= 0 && !source.isUsing(name)) {
                throw SqlError.of("ambiguous reference to " + name + " in USING()");
            }
            after |= source == first;
        }
    }

    /** Resolves the conditions. Those of inner joins are the answer (null if there are none), the others stay with their sources. */
    BoundExpr conditions(Joined joined, Scope scope) {
        List<Source> sources = joined.sources;
        functionArguments(joined, scope);
        for (PendingOn pending : joined.ons) {
            BoundExpr on = names.expressions().condition(pending.on(), scope);
            if (isOuter(pending.source().join())) {
                checkLeftOnly(on, pending.source(), sources);
            }
            pending.source().on(Trees.and(pending.source().on(), on));
        }
        int lastRightJoin = -1;
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i).join() == JoinKind.RIGHT || sources.get(i).join() == JoinKind.FULL) {
                lastRightJoin = i;
            }
        }
        BoundExpr condition = null;
        for (int i = 0; i < sources.size(); i++) {
            Source source = sources.get(i);
            if (source.on() == null || source.join() != null && isOuter(source.join())) {
                continue;
            }
            if (i < lastRightJoin) {
                checkLeftOnly(source.on(), source, sources);
                continue;
            }
            condition = Trees.and(condition, source.on());
            source.on(null);
        }
        return condition;
    }

    private static void checkLeftOnly(BoundExpr on, Source source, List<Source> sources) {
        Set<Source> used = Trees.sources(on);
        for (int i = sources.indexOf(source) + 1; i < sources.size(); i++) {
            if (used.contains(sources.get(i))) {
                throw SqlError.of("ON clause references tables to its right");
            }
        }
    }

    /** An argument of a table used as a function says what the hidden column of its place equals: a condition like those of ON. */
    private void functionArguments(Joined joined, Scope scope) {
        for (PendingArguments pending : joined.arguments) {
            Source source = pending.source();
            int column = 0;
            for (Expr argument : pending.arguments()) {
                while (!source.isHidden(column)) {
                    column++;
                }
                BoundExpr equal = new BoundExpr.Comparison(
                        BoundExpr.ComparisonOp.EQUAL,
                        names.expressions().columns().reference(source, column),
                        names.expressions().scalar(argument, scope));
                source.on(Trees.and(source.on(), equal));
                column++;
            }
        }
    }

    // ---- sources

    private Source source(Select.Source item, Scope outer, Joined joined) {
        if (item instanceof Select.TableSource table) {
            return table(table, outer);
        }
        if (item instanceof Select.SubquerySource subquery) {
            return query(subquery.select(), outer, nameOf(subquery.alias()));
        }
        if (item instanceof Select.FunctionSource function) {
            return function(function, joined);
        }
        return nested((Select.JoinSource) item, outer);
    }

    private Source query(Select select, Scope outer, String alias) {
        BoundSelect bound = names.queries().select(select, outer);
        Source source = new Source(null, bound, alias);
        source.columnNames(ColumnNames.unique(bound));
        return source;
    }

    private static String nameOf(Name alias) {
        return alias == null ? null : alias.text();
    }

    private Source table(Select.TableSource item, Scope outer) {
        String tableName = item.table().text();
        String alias = item.alias() == null ? tableName : item.alias().text();
        if (item.schema() == null) {
            Source common = commonTables.find(tableName, alias, outer);
            if (common != null) {
                if (item.indexedBy() != null) {
                    if (!common.isRecursion()) {
                        throw SqlError.of("no such index: \"" + item.indexedBy().text() + "\"");
                    }
                    common.makeUnreachable();
                }
                return common;
            }
        }
        String schema = nameOf(item.schema());
        Table table = names.table(schema, tableName);
        checkTrust(table);
        if (names.listener() != null) {
            names.listener().table(item.table(), table);
        }
        if (table.isView()) {
            if (item.indexedBy() != null) {
                throw SqlError.of("no such index: " + item.indexedBy().text());
            }
            Source view = names.viewSource(table, alias);
            view.aliased(item.alias() != null);
            return view;
        }
        Source source = new Source(table, null, alias);
        source.aliased(item.alias() != null);
        indexHint(item, source);
        return source;
    }

    /** INDEXED BY and NOT INDEXED. */
    void indexHint(Select.TableSource item, Source source) {
        source.notIndexed(item.notIndexed());
        if (item.indexedBy() == null) {
            return;
        }
        for (Index index : source.table().indexes()) {
            if (AsciiCase.same(index.name(), item.indexedBy().text())) {
                source.indexedBy(index);
                return;
            }
        }
        throw SqlError.of("no such index: " + item.indexedBy().text());
    }

    private Source function(Select.FunctionSource item, Joined joined) {
        String name = item.function().text();
        Table table = names.table(nameOf(item.schema()), name);
        if (!table.isVirtual()) {
            throw SqlError.of("'" + name + "' is not a function");
        }
        checkTrust(table);
        int hidden = 0;
        for (var column : table.columns()) {
            hidden += column.hidden() ? 1 : 0;
        }
        if (item.arguments().size() > hidden) {
            throw SqlError.of("too many arguments on " + name + "() - max " + hidden);
        }
        Source source = new Source(
                table, null, item.alias() == null ? name : item.alias().text());
        joined.arguments.add(new PendingArguments(source, item.arguments()));
        return source;
    }

    private void checkTrust(Table table) {
        if (table.isVirtual() && names.isFromSchema()) {
            VirtualTable.Trust trust = table.connected().table().trust();
            if (trust == VirtualTable.Trust.DIRECT_ONLY
                    || trust == VirtualTable.Trust.NORMAL && !names.catalog().trustsSchema()) {
                throw SqlError.of("unsafe use of virtual table \"" + table.name() + "\"");
            }
        }
    }

    /** A join in parentheses that cannot dissolve: a query over it that remembers where its columns come from. */
    private Source nested(Select.JoinSource item, Scope outer) {
        BoundSelect select = new BoundSelect();
        QueryScope query = new QueryScope(select);
        Joined inner = resolve(item.items(), null, outer);
        select.sources().addAll(inner.sources());
        for (Source source : inner.sources()) {
            if (source.isQuery()) {
                select.outerSources().addAll(source.select().outerSources());
            }
        }
        Scope scope = Scope.of(select.sources(), outer).query(query);
        List<Source.ColumnOrigin> origins = new ArrayList<>();
        List<String> columnNames = new ArrayList<>();
        for (Source source : inner.sources()) {
            for (int i = 0; i < source.columnCount(); i++) {
                Source.ColumnOrigin from = source.nestedOrigins() == null
                        ? null
                        : source.nestedOrigins().get(i);
                if (from != null && from.isRowid() && item.alias() == null) {
                    origins.add(from);
                    columnNames.add(from.column());
                    BoundExpr rowid = names.expressions().columns().reference(source, i);
                    select.columns().add(new BoundColumn(rowid, from.column(), true));
                }
                if (source.isHidden(i)) {
                    continue;
                }
                Source.ColumnOrigin inside = source.nestedOrigins() == null
                        ? null
                        : source.nestedOrigins().get(i);
                String column = inside == null ? source.columnName(i) : inside.column();
                String tableName = inside == null ? source.name() : inside.table();
                boolean merged = source.isUsing(column) || inside != null && inside.hiddenByUsing();
                origins.add(new Source.ColumnOrigin(null, tableName, column, merged));
                columnNames.add(column);
                BoundExpr value = names.expressions().columns().reference(source, i);
                select.columns().add(new BoundColumn(value, column, true));
            }
            if (source.table() != null && source.table().hasRowid() && item.alias() == null) {
                origins.add(Source.ColumnOrigin.rowid(source.name(), source.rowidName()));
                columnNames.add(source.rowidName());
                BoundExpr rowid = names.expressions().columns().reference(source, Source.ROWID);
                select.columns().add(new BoundColumn(rowid, source.rowidName(), true));
            }
        }
        query.clause(QueryScope.Clause.WHERE);
        select.where(conditions(inner, scope));
        Source source = new Source(null, select, nameOf(item.alias()));
        source.columnNames(uniqueButRowids(columnNames, origins));
        names.register(select, new Select.Values(item.span(), List.of()));
        if (item.alias() == null || item.items().size() > 1) {
            source.nestedOrigins(origins);
        }
        return source;
    }

    /** The names made different from each other; those of rowids, which {@code *} leaves out, do not count. */
    private static List<String> uniqueButRowids(List<String> columnNames, List<Source.ColumnOrigin> origins) {
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < columnNames.size(); i++) {
            if (!origins.get(i).isRowid()) {
                shown.add(columnNames.get(i));
            }
        }
        List<String> unique = new ArrayList<>(columnNames);
        Iterator<String> next = ColumnNames.unique(shown).iterator();
        for (int i = 0; i < unique.size(); i++) {
            if (!origins.get(i).isRowid()) {
                unique.set(i, next.next());
            }
        }
        return unique;
    }
}
