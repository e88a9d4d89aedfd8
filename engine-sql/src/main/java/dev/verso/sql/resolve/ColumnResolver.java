package dev.verso.sql.resolve;

import dev.verso.parser.ast.Expr;
import dev.verso.parser.ast.Name;
import dev.verso.parser.ast.Select.JoinKind;
import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.BoundColumn;
import dev.verso.sql.bound.BoundExpr;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.Source;
import dev.verso.sql.bound.Traits;
import dev.verso.sql.schema.Column;
import dev.verso.sql.schema.Table;
import java.util.ArrayList;
import java.util.List;

/** Finds what a column name means: the innermost scope that knows it, and there exactly one column. */
final class ColumnResolver {
    private final Names names;
    /** True if the name that was found last is that of a result column. */
    private boolean foundAlias;

    ColumnResolver(Names names) {
        this.names = names;
    }

    /** What one scope has found so far. */
    private static final class Matches {
        private final List<BoundExpr> found = new ArrayList<>();
        private final List<BoundExpr> merged = new ArrayList<>();
        private final List<Source> tables = new ArrayList<>();
        private final List<BoundExpr> rowids = new ArrayList<>();
    }

    BoundExpr resolve(Expr.ColumnName name, Scope scope) {
        String schema = name.schema() == null ? null : name.schema().text();
        String table = name.table() == null ? null : name.table().text();
        foundAlias = false;
        BoundExpr found = find(schema, table, name.column(), scope);
        if (found != null) {
            if (names.listener() != null && !foundAlias) {
                tell(name, found);
            }
            if (table != null && isIndexOrGenerated(scope.use())) {
                throw SqlError.of(
                        "the \".\" operator prohibited in " + scope.use().text());
            }
            return scope.use() == ScopeUse.STATEMENT ? names.access().checked(found) : found;
        }
        String column = name.column().text();
        if (table == null) {
            if (name.column().quoting() == Name.Quoting.DOUBLE) {
                noteString(name.column());
                return new BoundExpr.Literal(column);
            }
            if (name.column().quoting() == Name.Quoting.NONE) {
                if (AsciiCase.same(column, "true")) {
                    return BoundExpr.Literal.of(1);
                }
                if (AsciiCase.same(column, "false")) {
                    return BoundExpr.Literal.of(0);
                }
            }
        }
        throw SqlError.of("no such column: " + full(schema, table, column));
    }

    private void noteString(Name written) {
        if (!names.stringsInDoubleQuotes()) {
            throw SqlError.of(
                    "no such column: \"" + written.text() + "\" - should this be a string literal in single-quotes?");
        }
        if (names.listener() != null) {
            names.listener().string(written);
        }
    }

    private void tell(Expr.ColumnName name, BoundExpr found) {
        if (found instanceof BoundExpr.TriggerColumn trigger) {
            names.listener().column(name.column(), trigger.table(), trigger.column());
            return;
        }
        BoundExpr at = found;
        // Joins in parentheses, and what RIGHT joins are made of, are queries that nobody wrote.
        while (at instanceof BoundExpr.ColumnRef ref
                && ref.source().isQuery()
                && ref.source().nestedOrigins() != null) {
            at = ref.source().select().columns().get(ref.column()).expr();
        }
        if (at instanceof BoundExpr.ColumnRef ref) {
            Source source = ref.source();
            Table table = source.table() != null ? source.table() : source.view();
            if (source.table() != null) {
                names.listener().column(name.column(), table, ref.column());
            }
            if (table != null && name.table() != null && !source.isAliased()) {
                names.listener().table(name.table(), table);
            }
        }
    }

    /** True if the name is TRUE or FALSE and no column is called so. */
    boolean isTruthValue(Expr.ColumnName name, Scope scope) {
        return name.table() == null
                && name.column().quoting() == Name.Quoting.NONE
                && (AsciiCase.same(name.column().text(), "true")
                        || AsciiCase.same(name.column().text(), "false"))
                && find(null, null, name.column(), scope) == null;
    }

    /** A column without qualifier that is known to exist: for {@code *} over USING. */
    BoundExpr unqualified(String column, Scope scope) {
        return find(null, null, Name.of(column), scope);
    }

    private static boolean isIndexOrGenerated(ScopeUse use) {
        return use == ScopeUse.INDEX_EXPRESSION || use == ScopeUse.GENERATED_COLUMN;
    }

    private static String full(String schema, String table, String column) {
        String qualified = table == null ? column : table + "." + column;
        return schema == null ? qualified : schema + "." + qualified;
    }

    private BoundExpr find(String schema, String table, Name column, Scope innermost) {
        for (Scope scope = innermost; scope != null; scope = scope.outer()) {
            BoundExpr found = findIn(scope, innermost, schema, table, column);
            if (found != null) {
                noteOuterUse(found, innermost, scope);
                return found;
            }
        }
        return null;
    }

    /** Queries between the use and the scope of the column are correlated. */
    private static void noteOuterUse(BoundExpr found, Scope innermost, Scope owner) {
        if (innermost == owner) {
            return;
        }
        var used = dev.verso.sql.bound.Trees.sources(found);
        for (Scope scope = innermost; scope != owner; scope = scope.outer()) {
            BoundSelect select = scope.select();
            if (select != null) {
                select.outerSources().addAll(used);
            }
        }
    }

    private BoundExpr findIn(Scope scope, Scope innermost, String schema, String table, Name column) {
        Matches matches = new Matches();
        if (schema == null || !scope.isWithoutSchema()) {
            for (Source source : scope.sources()) {
                match(source, schema, table, column.text(), matches);
            }
        }
        if (matches.found.isEmpty() && table != null && schema == null) {
            matchSpecial(scope, table, column.text(), matches);
        }
        if (matches.found.isEmpty() && !isIndexOrGenerated(scope.use()) && isRowidName(column.text())) {
            for (Source source : matches.tables) {
                if (source.table().isRowidName(column.text())) {
                    matches.found.add(reference(source, Source.ROWID));
                }
            }
            matches.found.addAll(matches.rowids);
        }
        if (matches.found.size() > 1) {
            throw SqlError.of("ambiguous column name: " + full(schema, table, column.text()));
        }
        if (!matches.merged.isEmpty()) {
            List<BoundExpr> all = new ArrayList<>(matches.merged);
            all.addAll(matches.found);
            return names.expressions().functions().builtIn("coalesce", all);
        }
        if (matches.found.isEmpty() && table == null) {
            return alias(scope, innermost, column.text());
        }
        return matches.found.isEmpty() ? null : matches.found.get(0);
    }

    private static boolean isRowidName(String column) {
        return switch (AsciiCase.lower(column)) {
            case "rowid", "oid", "_rowid_" -> true;
            default -> false;
        };
    }

    private void match(Source source, String schema, String table, String column, Matches matches) {
        if (source.nestedOrigins() != null) {
            int before = matches.found.size() + matches.merged.size();
            matchNested(source, table, column, matches);
            if (table == null
                    || !AsciiCase.same(table, source.name())
                    || matches.found.size() + matches.merged.size() != before) {
                return;
            }
        }
        if (table != null) {
            if (!AsciiCase.same(table, source.name())) {
                return;
            }
            Table behind = source.table() != null ? source.table() : source.view();
            if (schema != null
                    && (behind == null || !AsciiCase.same(behind.schema().name(), schema))) {
                return;
            }
        }
        for (int i = 0; i < source.columnCount(); i++) {
            if (AsciiCase.same(source.columnName(i), column)) {
                add(source, i, column, matches);
                break;
            }
        }
        if (source.table() != null && source.table().hasRowid()) {
            matches.tables.add(source);
        }
    }

    private void matchNested(Source source, String table, String column, Matches matches) {
        for (int i = 0; i < source.columnCount(); i++) {
            Source.ColumnOrigin origin = source.nestedOrigins().get(i);
            if (origin.isRowid()) {
                if (isRowidName(column) && (table == null || AsciiCase.same(table, origin.table()))) {
                    matches.rowids.add(reference(source, i));
                }
                continue;
            }
            if (!AsciiCase.same(origin.column(), column)
                    || table != null && !AsciiCase.same(table, origin.table())
                    || table == null && origin.hiddenByUsing()) {
                continue;
            }
            add(source, i, column, matches);
        }
    }

    /** A column of this name was found in one more source: ambiguous unless USING makes the two one. */
    private void add(Source source, int position, String column, Matches matches) {
        BoundExpr reference = reference(source, position);
        if (!matches.found.isEmpty() && source.isUsing(column)) {
            if (source.join() == JoinKind.FULL) {
                matches.merged.addAll(matches.found);
                matches.found.clear();
            } else if (source.join() == JoinKind.RIGHT) {
                matches.found.clear();
                matches.merged.clear();
            } else {
                return;
            }
        } else if (!matches.merged.isEmpty()) {
            matches.found.addAll(matches.merged);
            matches.merged.clear();
        }
        matches.found.add(reference);
    }

    /** {@code new.x}, {@code old.x}, {@code excluded.x}. */
    private void matchSpecial(Scope scope, String table, String column, Matches matches) {
        if (scope.excluded() != null && AsciiCase.same(table, "excluded")) {
            match(scope.excluded(), null, null, column, matches);
            if (isRowidName(column) && matches.found.isEmpty() && !matches.tables.isEmpty()) {
                matches.found.add(reference(scope.excluded(), Source.ROWID));
            }
            matches.found.replaceAll(ColumnResolver::bareRegister);
        }
        Table trigger = scope.triggerTable();
        if (trigger == null) {
            return;
        }
        boolean isNew = AsciiCase.same(table, "new") && scope.hasNew();
        boolean isOld = AsciiCase.same(table, "old") && scope.hasOld();
        if (!isNew && !isOld) {
            return;
        }
        int position = trigger.columnIndex(column);
        if (position < 0 && !(isRowidName(column) && trigger.hasRowid())) {
            return;
        }
        if (position >= 0 && position == trigger.rowidColumn()) {
            position = Source.ROWID;
        }
        matches.found.add(new BoundExpr.TriggerColumn(isNew, trigger, position));
    }

    /** As in SQLite, {@code excluded.x} is a mere value: it has neither the affinity nor the collation of its column. */
    private static BoundExpr bareRegister(BoundExpr expr) {
        if (!(expr instanceof BoundExpr.ColumnRef ref)
                || ref.source().access() != Source.Access.REGISTERS
                || ref.source().firstRegister() == 0) {
            return expr;
        }
        Source row = ref.source();
        int register = ref.column() < 0 ? row.rowidRegister() : row.firstRegister() + ref.column();
        return new BoundExpr.RegisterRef(register, dev.verso.vm.value.Affinity.NONE, null);
    }

    private BoundExpr alias(Scope scope, Scope innermost, String column) {
        QueryScope query = scope.query();
        if (query == null || query.clause() == QueryScope.Clause.RESULT) {
            return null;
        }
        for (BoundColumn aliased : query.aliases()) {
            if (aliased.alias() && AsciiCase.same(aliased.name(), column)) {
                boolean aggregate = Traits.hasAggregate(aliased.expr(), query.select());
                if (Traits.hasWindowCall(aliased.expr()) && (scope != innermost || !query.mayWriteWindow())) {
                    throw SqlError.of("misuse of aliased window function " + aliased.name());
                }
                if (aggregate && (query.inAggregate() || !query.mayComputeAggregate())) {
                    throw SqlError.of(
                            query.inAggregate()
                                    ? "misuse of aliased aggregate " + aliased.name()
                                    : misuse(aliased.expr(), query.select()));
                }
                foundAlias = true;
                return aliased.expr();
            }
        }
        return null;
    }

    private static String misuse(BoundExpr expr, BoundSelect owner) {
        String[] name = new String[1];
        dev.verso.sql.bound.Trees.anyDeep(expr, part -> {
            if (part instanceof BoundExpr.Aggregate aggregate && aggregate.owner() == owner) {
                name[0] = aggregate.function().name();
                return true;
            }
            return false;
        });
        return "misuse of aggregate: " + name[0] + "()";
    }

    /** A column by position. The column that is the rowid is called {@link Source#ROWID}; the source learns that the column is used. */
    BoundExpr reference(Source source, int position) {
        Table table = source.table();
        if (table == null) {
            source.useColumn(position);
            return new BoundExpr.ColumnRef(source, position);
        }
        if (position < 0 || position == table.rowidColumn()) {
            return new BoundExpr.ColumnRef(source, Source.ROWID);
        }
        source.useColumn(position);
        Column column = table.columns().get(position);
        if (column.isVirtual() && source.generated(position) == null) {
            generated(source, position, column);
        }
        if (column.defaultValue() != null && source.missingValue(position) == null) {
            source.missingValue(position, missingValue(column));
        }
        return new BoundExpr.ColumnRef(source, position);
    }

    /** The default of a column as rows have it that were written before the column was added: only constants can be. */
    private Object missingValue(Column column) {
        if (column.defaultValue() instanceof Expr.FunctionCall) {
            return null;
        }
        boolean before = names.listening(false);
        BoundExpr value = names.expressions().scalar(column.defaultValue(), Scope.none());
        names.listening(before);
        return MissingValue.of(value, column);
    }

    private void generated(Source source, int position, Column column) {
        source.generated(position, BoundExpr.Literal.NULL);
        boolean before = names.listening(false);
        BoundExpr value = names.expressions().scalar(column.generated(), Scope.of(source));
        names.listening(before);
        source.generated(position, value);
    }
}
