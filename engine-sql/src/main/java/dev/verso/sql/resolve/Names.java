package dev.verso.sql.resolve;

import dev.verso.parser.DeepStack;
import dev.verso.parser.DefinitionText;
import dev.verso.parser.ast.Select;
import dev.verso.parser.ast.Span;
import dev.verso.record.AsciiCase;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.bound.Source;
import dev.verso.sql.schema.Catalog;
import dev.verso.sql.schema.Column;
import dev.verso.sql.schema.DeclaredType;
import dev.verso.sql.schema.Table;
import dev.verso.vm.function.FunctionRegistry;
import dev.verso.vm.value.Affinity;
import java.util.ArrayList;
import java.util.List;

/** What the parts of the resolver share while one statement is resolved. */
final class Names {
    private record Numbered(BoundSelect select, Span span) {}

    private final Catalog catalog;
    private final FunctionRegistry functions;
    private final Parameters parameters;
    private final List<Table> openViews = new ArrayList<>();
    private int openCommonTables;
    private final List<Numbered> selects = new ArrayList<>();
    private final ExpressionResolver expressions;
    private final FromResolver from;
    private final SelectResolver queries;
    private final ReadAccess access;
    private String sql;
    private String schemaLimit;
    private int depth;
    private boolean fromSchema;
    private int lastSelectId;
    private NameListener listener;
    private ColumnNaming naming = ColumnNaming.SHORT;
    private boolean listening = true;
    private boolean stringsInDoubleQuotes = true;

    Names(Catalog catalog, FunctionRegistry functions, Parameters parameters, String sql) {
        this.catalog = catalog;
        this.functions = functions;
        this.parameters = parameters;
        this.sql = sql;
        access = new ReadAccess(this);
        expressions = new ExpressionResolver(this);
        from = new FromResolver(this);
        queries = new SelectResolver(this);
    }

    Catalog catalog() {
        return catalog;
    }

    FunctionRegistry functions() {
        return functions;
    }

    Parameters parameters() {
        return parameters;
    }

    ExpressionResolver expressions() {
        return expressions;
    }

    ReadAccess access() {
        return access;
    }

    FromResolver from() {
        return from;
    }

    SelectResolver queries() {
        return queries;
    }

    /** The text that spans refer to; another one inside a view. */
    String sql() {
        return sql;
    }

    /** The part of the text, or null if the tree was not read from it. */
    String text(Span span) {
        return sql != null && span.isKnown() && span.end() <= sql.length() ? span.of(sql) : null;
    }

    /** As {@link #text}, and what comments follow up to the next token: SQLite names columns so. */
    String textAndComments(Span span) {
        String text = text(span);
        if (text == null) {
            return null;
        }
        int at = span.end();
        while (at < sql.length() && sql.charAt(at) <= ' ') {
            at++;
        }
        boolean comment = at < sql.length() && (sql.charAt(at) == '-' || sql.charAt(at) == '/');
        return comment ? sql.substring(span.start(), DefinitionText.nextToken(sql, at)) : text;
    }

    /** Goes one level deeper into what is resolved. */
    void enter(int levels) {
        depth += levels;
        if (depth > DeepStatement.LEVELS && !DeepStack.isHere()) {
            throw new DeepStatement();
        }
    }

    void leave(int levels) {
        depth -= levels;
    }

    String schemaLimit() {
        return schemaLimit;
    }

    void schemaLimit(String schemaName) {
        schemaLimit = schemaName;
        fromSchema = schemaName != null && !AsciiCase.same(schemaName, "temp");
    }

    void listener(NameListener wanted) {
        listener = wanted;
    }

    /** Who hears of names; null if nobody does, or if what is resolved now stands in another text, as a view's query does. */
    NameListener listener() {
        return listening && openViews.isEmpty() ? listener : null;
    }

    /** Stops or goes on telling of names. @return what was before */
    boolean listening(boolean on) {
        boolean before = listening;
        listening = on;
        return before;
    }

    void naming(ColumnNaming wanted) {
        naming = wanted;
    }

    /** How result columns are called in the statement; in views always by their short names. */
    ColumnNaming naming() {
        return openViews.isEmpty() ? naming : ColumnNaming.SHORT;
    }

    void stringsInDoubleQuotes(boolean allowed) {
        stringsInDoubleQuotes = allowed;
    }

    /** True if {@code "x"} that names no column is a string. */
    boolean stringsInDoubleQuotes() {
        return stringsInDoubleQuotes;
    }

    /** True inside views and triggers that are not temporary, where DIRECT_ONLY functions are not to be called. */
    boolean isFromSchema() {
        return fromSchema;
    }

    /** The table or view, sought where the limit of views and triggers allows; null if there is none. */
    Table find(String schemaName, String tableName) {
        boolean limited = schemaName == null && schemaLimit != null && !AsciiCase.same(schemaLimit, "temp");
        Table table = catalog.table(limited ? schemaLimit : schemaName, tableName);
        if (table == null) {
            table = catalog.eponymous(tableName);
        } else if (table.isVirtual()) {
            catalog.connect(table);
        }
        return table;
    }

    Table table(String schemaName, String tableName) {
        Table table = find(schemaName, tableName);
        if (table == null) {
            throw noSuchTable(schemaName, tableName);
        }
        return table;
    }

    dev.verso.error.DatabaseException noSuchTable(String schemaName, String tableName) {
        String limit = schemaName == null && schemaLimit != null && !AsciiCase.same(schemaLimit, "temp")
                ? schemaLimit
                : schemaName;
        return SqlError.of("no such table: " + (limit == null ? tableName : limit + "." + tableName));
    }

    void enterCommonTable() {
        openCommonTables++;
    }

    void leaveCommonTable() {
        openCommonTables--;
    }

    /** True inside views and common tables, whose text is not part of the query that uses them. */
    boolean isElsewhere() {
        return openCommonTables > 0 || !openViews.isEmpty();
    }

    /** The query of a view, resolved in its own text and schema. */
    BoundSelect view(Table view) {
        if (openViews.contains(view)) {
            throw SqlError.of("view " + view.name() + " is circularly defined");
        }
        String sqlBefore = sql;
        String limitBefore = schemaLimit;
        boolean fromSchemaBefore = fromSchema;
        String innerBefore = catalog.authorization().enter(view.name());
        openViews.add(view);
        sql = view.sql();
        schemaLimit = view.schema().name();
        fromSchema |= !AsciiCase.same(schemaLimit, "temp");
        try {
            BoundSelect select = queries.select(view.view(), Scope.none());
            int named = view.viewColumns().size();
            if (named > 0 && named != select.columns().size()) {
                throw SqlError.of("expected " + named + " columns for '" + view.name() + "' but got "
                        + select.columns().size());
            }
            return select;
        } finally {
            sql = sqlBefore;
            schemaLimit = limitBefore;
            fromSchema = fromSchemaBefore;
            openViews.remove(view);
            catalog.authorization().leave(innerBefore);
        }
    }

    /** A query source for a view, whose columns are known from then on. */
    Source viewSource(Table view, String name) {
        Source source = new Source(null, view(view), name);
        source.view(view);
        source.columnNames(
                view.viewColumns().isEmpty()
                        ? ColumnNames.unique(source.select())
                        : ColumnNames.unique(view.viewColumns()));
        if (view.columns().isEmpty()) {
            fillColumns(view, source);
        }
        return source;
    }

    /** Fills in a view's columns. */
    void resolveView(Table view) {
        if (view.columns().isEmpty()) {
            viewSource(view, view.name());
        }
    }

    private static void fillColumns(Table view, Source source) {
        for (int i = 0; i < source.columnCount(); i++) {
            String collation = source.columnCollation(i);
            String type = dev.verso.sql.bound.Origin.declaredType(dev.verso.sql.bound.Traits.firstCore(source.select())
                    .columns()
                    .get(i)
                    .expr());
            view.columns()
                    .add(new Column(
                            source.columnName(i),
                            viewType(type, source.columnAffinity(i)),
                            source.columnAffinity(i),
                            collation == null ? dev.verso.sql.bound.Traits.BINARY : collation,
                            null,
                            null,
                            null,
                            null,
                            false,
                            false));
        }
    }

    /** The declared type behind a view's column if it gives the column's affinity, else a standard type that does. */
    private static String viewType(String declared, Affinity affinity) {
        if (declared != null && DeclaredType.affinity(declared) == affinity) {
            return declared;
        }
        return switch (affinity) {
            case NONE -> null;
            case BLOB -> "BLOB";
            case TEXT -> "TEXT";
            case NUMERIC, FLEXNUM -> "NUM";
            case INTEGER -> "INT";
            case REAL -> "REAL";
        };
    }

    // ---- numbers of queries, in the order in which SQLite's parser meets their ends

    void register(BoundSelect select, Select.Body body) {
        selects.add(new Numbered(select, body.span()));
    }

    void numberSelects() {
        if (selects.size() > 1) {
            selects.sort(Names::compareEnds);
        }
        for (Numbered numbered : selects) {
            numbered.select.id(++lastSelectId);
            numbered.select.nextId(() -> ++lastSelectId);
        }
        selects.clear();
    }

    int selectCount() {
        return lastSelectId;
    }

    void selectCount(int count) {
        lastSelectId = count;
    }

    private static int compareEnds(Numbered left, Numbered right) {
        int order = Integer.compare(left.span.end(), right.span.end());
        return order != 0 ? order : Integer.compare(right.span.start(), left.span.start());
    }
}
