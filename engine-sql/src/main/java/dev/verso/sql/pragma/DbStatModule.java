package dev.verso.sql.pragma;

import dev.verso.btree.BTree;
import dev.verso.btree.TreePages;
import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.vm.value.Value;
import dev.verso.vtab.ConstraintOperator;
import dev.verso.vtab.FilterArguments;
import dev.verso.vtab.IndexRequest;
import dev.verso.vtab.ModuleConnection;
import dev.verso.vtab.ModuleContext;
import dev.verso.vtab.ModuleStatement;
import dev.verso.vtab.VirtualCursor;
import dev.verso.vtab.VirtualModule;
import dev.verso.vtab.VirtualTable;
import java.util.List;
import java.util.Locale;

/** {@code dbstat}: a row for each page of each tree of a database, or with {@code aggregate} for each tree (sqlite.org/dbstat.html). */
public final class DbStatModule implements VirtualModule {
    // ---- bits of the index number, the same as SQLite's
    private static final int SCHEMA = 0x01;
    private static final int NAME = 0x02;
    private static final int AGGREGATE = 0x04;
    private static final int ORDERED = 0x08;

    private static final int NAME_COLUMN = 0;
    private static final int PATH_COLUMN = 1;
    private static final int SCHEMA_COLUMN = 10;
    private static final int AGGREGATE_COLUMN = 11;

    private final PragmaHost host;

    public DbStatModule(PragmaHost host) {
        this.host = host;
    }

    @Override
    public Kind kind() {
        return Kind.EPONYMOUS;
    }

    @Override
    public VirtualTable connect(ModuleContext context, List<String> arguments) {
        int database = 0;
        if (!arguments.isEmpty()) {
            String name = unquoted(arguments.get(0));
            database = host.session().databaseIndex(name);
            if (database < 0) {
                throw new DatabaseException(ResultCode.ERROR, "no such database: " + name);
            }
        }
        return new Pages(context.connection(), database);
    }

    private static String unquoted(String written) {
        char first = written.isEmpty() ? ' ' : written.charAt(0);
        if (first != '\'' && first != '"' && first != '`' && first != '[') {
            return written;
        }
        char last = first == '[' ? ']' : first;
        return written.substring(1, written.length() - 1).replace("" + last + last, "" + last);
    }

    private final class Pages implements VirtualTable {
        private final ModuleConnection connection;
        private final int database;

        Pages(ModuleConnection connection, int database) {
            this.connection = connection;
            this.database = database;
        }

        @Override
        public String declaration() {
            return "CREATE TABLE x(name TEXT,path TEXT,pageno INTEGER,pagetype TEXT,ncell INTEGER,payload INTEGER,"
                    + "unused INTEGER,mx_payload INTEGER,pgoffset INTEGER,pgsize INTEGER,schema TEXT HIDDEN,"
                    + "aggregate BOOLEAN HIDDEN)";
        }

        @Override
        public Trust trust() {
            return Trust.DIRECT_ONLY;
        }

        @Override
        public boolean bestIndex(IndexRequest request) {
            int name = -1;
            int schema = -1;
            int aggregate = -1;
            for (int i = 0; i < request.constraintCount(); i++) {
                if (request.operator(i) != ConstraintOperator.EQUAL) {
                    continue;
                }
                if (!request.isUsable(i)) {
                    return false;
                }
                switch (request.column(i)) {
                    case NAME_COLUMN -> name = i;
                    case SCHEMA_COLUMN -> schema = i;
                    case AGGREGATE_COLUMN -> aggregate = i;
                    default -> {}
                }
            }
            int number = 0;
            int arguments = 0;
            if (schema >= 0) {
                request.use(schema, arguments++, true);
                number |= SCHEMA;
            }
            if (name >= 0) {
                request.use(name, arguments++, false);
                number |= NAME;
            }
            if (aggregate >= 0) {
                request.use(aggregate, arguments++, false);
                number |= AGGREGATE;
            }
            request.estimatedCost(1);
            if (isOrdered(request)) {
                request.orderConsumed();
                number |= ORDERED;
            }
            request.index(number, null);
            request.showNumberInHex();
            return true;
        }

        private static boolean isOrdered(IndexRequest request) {
            int count = request.orderCount();
            return count >= 1
                    && count <= 2
                    && request.orderColumn(0) == NAME_COLUMN
                    && !request.isDescending(0)
                    && (count == 1 || request.orderColumn(1) == PATH_COLUMN && !request.isDescending(1));
        }

        @Override
        public VirtualCursor open() {
            return new PageCursor(connection, database);
        }
    }

    private final class PageCursor implements VirtualCursor {
        private final ModuleConnection connection;
        private final int ownDatabase;
        private int database;
        private ModuleStatement trees;
        private TreePages pages;
        private boolean aggregate;
        private boolean ended;

        private String name;
        private long pageCount;
        private long cells;
        private long payload;
        private long unused;
        private long largestPayload;

        PageCursor(ModuleConnection connection, int ownDatabase) {
            this.connection = connection;
            this.ownDatabase = ownDatabase;
        }

        @Override
        public void filter(int indexNumber, String indexText, FilterArguments arguments) {
            close();
            int next = 0;
            ended = true;
            database = ownDatabase;
            if ((indexNumber & SCHEMA) != 0) {
                String schema = arguments.value(next++).asString();
                database = schema == null ? -1 : host.session().databaseIndex(schema);
            }
            String wanted = (indexNumber & NAME) != 0 ? arguments.value(next++).asString() : null;
            aggregate = (indexNumber & AGGREGATE) != 0 && arguments.value(next).asDouble() != 0;
            BTree tree = database < 0 ? null : host.session().openDatabase(database);
            if (tree == null) {
                return;
            }
            StringBuilder sql = new StringBuilder("SELECT * FROM (SELECT 'sqlite_schema' AS name,1 AS rootpage")
                    .append(" UNION ALL SELECT name,rootpage FROM \"")
                    .append(host.session().databaseName(database).replace("\"", "\"\""))
                    .append("\".sqlite_schema WHERE rootpage!=0)");
            if (wanted != null) {
                sql.append(" WHERE name='").append(wanted.replace("'", "''")).append('\'');
            }
            if ((indexNumber & ORDERED) != 0) {
                sql.append(" ORDER BY name");
            }
            trees = connection.prepare(sql.toString());
            pages = new TreePages(tree);
            ended = false;
            beginTree();
        }

        private BTree tree() {
            return host.session().openDatabase(database);
        }

        private void beginTree() {
            if (!trees.step() || tree().pager().pageCount() == 0) {
                ended = true;
                return;
            }
            tree().changesPages();
            name = trees.column(0).asString();
            pages.begin((int) trees.column(1).asLong());
            next();
        }

        @Override
        public void next() {
            clear();
            if (aggregate && pages.next()) {
                do {
                    add();
                } while (pages.next());
                return;
            }
            if (!aggregate && pages.next()) {
                add();
                return;
            }
            beginTree();
        }

        private void clear() {
            pageCount = 0;
            cells = 0;
            payload = 0;
            unused = 0;
            largestPayload = 0;
        }

        private void add() {
            pageCount++;
            cells += pages.cellCount();
            payload += pages.payloadBytes();
            unused += pages.unusedBytes();
            largestPayload = Math.max(largestPayload, pages.largestPayloadBytes());
        }

        @Override
        public boolean isEnd() {
            return ended;
        }

        @Override
        public void column(int column, Value result) {
            int pageSize = tree().pageSize();
            switch (column) {
                case NAME_COLUMN -> result.setText(name);
                case PATH_COLUMN -> text(result, pages.path());
                case 2 -> result.setInteger(aggregate ? pageCount : pages.pageNumber());
                case 3 -> text(result, pages.kind().name().toLowerCase(Locale.ROOT));
                case 4 -> result.setInteger(cells);
                case 5 -> result.setInteger(payload);
                case 6 -> result.setInteger(unused);
                case 7 -> result.setInteger(largestPayload);
                case 8 -> {
                    if (!aggregate) {
                        result.setInteger((pages.pageNumber() - 1L) * pageSize);
                    }
                }
                case 9 -> result.setInteger(pageCount * pageSize);
                case SCHEMA_COLUMN -> result.setText(host.session().databaseName(database));
                default -> result.setInteger(aggregate ? 1 : 0);
            }
        }

        private void text(Value result, String text) {
            if (!aggregate) {
                result.setText(text);
            }
        }

        @Override
        public long rowid() {
            return pages.pageNumber();
        }

        @Override
        public void close() {
            if (trees != null) {
                trees.close();
                trees = null;
            }
        }
    }
}
