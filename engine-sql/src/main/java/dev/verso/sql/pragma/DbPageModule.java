package dev.verso.sql.pragma;

import dev.verso.btree.BTree;
import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.vm.value.Value;
import dev.verso.vtab.ConstraintOperator;
import dev.verso.vtab.FilterArguments;
import dev.verso.vtab.IndexRequest;
import dev.verso.vtab.ModuleContext;
import dev.verso.vtab.RowChange;
import dev.verso.vtab.TransactionalVirtualTable;
import dev.verso.vtab.VirtualCursor;
import dev.verso.vtab.VirtualModule;
import dev.verso.vtab.VirtualTable;
import dev.verso.vtab.WritableVirtualTable;
import java.util.List;

/**
 * {@code sqlite_dbpage}: the pages of a database as blobs, to be read and, page by page, overwritten or added (sqlite.org/dbpage.html). NULL put into a page
 * cuts the database off before it, if nothing else is put into pages until the commit.
 */
public final class DbPageModule implements VirtualModule {
    // ---- bits of the index number, the same as SQLite's
    private static final int PAGE = 1;
    private static final int SCHEMA = 2;

    private static final int PAGE_COLUMN = 0;
    private static final int DATA_COLUMN = 1;
    private static final int SCHEMA_COLUMN = 2;

    private final PragmaHost host;

    public DbPageModule(PragmaHost host) {
        this.host = host;
    }

    @Override
    public Kind kind() {
        return Kind.EPONYMOUS_ONLY;
    }

    @Override
    public VirtualTable connect(ModuleContext context, List<String> arguments) {
        return new Pages();
    }

    private static DatabaseException error(String message) {
        return new DatabaseException(ResultCode.ERROR, message);
    }

    private final class Pages implements WritableVirtualTable, TransactionalVirtualTable {
        /** What the commit cuts, and to how many pages; null for nothing. */
        private BTree shortened;

        private int pagesLeft;

        @Override
        public String declaration() {
            return "CREATE TABLE x(pgno INTEGER PRIMARY KEY, data BLOB, schema HIDDEN)";
        }

        @Override
        public Trust trust() {
            return Trust.DIRECT_ONLY;
        }

        @Override
        public boolean bestIndex(IndexRequest request) {
            int schema = find(request, SCHEMA_COLUMN);
            if (schema >= 0 && !request.isUsable(schema)) {
                return false;
            }
            int page = find(request, PAGE_COLUMN);
            if (page < 0) {
                page = find(request, IndexRequest.ROWID);
            }
            int number = 0;
            int arguments = 0;
            request.estimatedCost(1_000_000);
            if (schema >= 0) {
                request.use(schema, arguments++, true);
                number |= SCHEMA;
            }
            if (page >= 0 && request.isUsable(page)) {
                request.use(page, arguments, true);
                request.estimatedRows(1);
                request.estimatedCost(1);
                request.atMostOneRow();
                number |= PAGE;
            }
            if (request.orderCount() >= 1 && request.orderColumn(0) <= PAGE_COLUMN && !request.isDescending(0)) {
                request.orderConsumed();
            }
            request.index(number, null);
            return true;
        }

        private int find(IndexRequest request, int column) {
            for (int i = 0; i < request.constraintCount(); i++) {
                if (request.column(i) == column && request.operator(i) == ConstraintOperator.EQUAL) {
                    return i;
                }
            }
            return -1;
        }

        @Override
        public VirtualCursor open() {
            return new PageCursor();
        }

        @Override
        public long insert(RowChange row) {
            long page = row.value(PAGE_COLUMN).asLong();
            BTree tree = treeOf(row, page);
            if (row.value(DATA_COLUMN).isNull() && page > 1) {
                write(row);
                shortened = tree;
                pagesLeft = (int) page - 1;
                return page;
            }
            byte[] bytes = image(row, tree);
            write(row);
            if (page > tree.pager().pageCount()) {
                tree.pager().pageCount((int) page);
            }
            overwrite(tree, page, bytes);
            return page;
        }

        @Override
        public void delete(Value key) {
            throw error("cannot delete");
        }

        @Override
        public void update(RowChange row) {
            if (row.oldKey().asLong() != row.newKey().asLong()
                    || row.value(PAGE_COLUMN).asLong() != row.oldKey().asLong()) {
                throw error("cannot insert");
            }
            long page = row.newKey().asLong();
            BTree tree = treeOf(row, page);
            byte[] bytes = image(row, tree);
            write(row);
            overwrite(tree, page, bytes);
        }

        private int databaseOf(RowChange row) {
            String schema = row.value(SCHEMA_COLUMN).asString();
            return schema == null ? 0 : host.session().databaseIndex(schema);
        }

        private BTree treeOf(RowChange row, long page) {
            int database = databaseOf(row);
            BTree tree = database < 0 ? null : host.session().openDatabase(database);
            if (tree == null) {
                throw error("no such schema");
            }
            if (page < 1 || page > Integer.MAX_VALUE) {
                throw error("bad page number");
            }
            return tree;
        }

        private byte[] image(RowChange row, BTree tree) {
            Value data = row.value(DATA_COLUMN);
            byte[] bytes = data.isBlob() ? data.asBytes() : null;
            if (bytes == null || bytes.length != tree.pageSize()) {
                throw error("bad page value");
            }
            return bytes;
        }

        /** The statement has begun to write main alone. */
        private void write(RowChange row) {
            host.session().beginWrite(databaseOf(row));
        }

        private void overwrite(BTree tree, long page, byte[] bytes) {
            shortened = null;
            tree.changesPagesUnknown();
            System.arraycopy(bytes, 0, tree.pager().edit((int) page), 0, bytes.length);
        }

        // ---- the transaction

        @Override
        public void begin() {
            shortened = null;
        }

        @Override
        public void sync() {
            if (shortened != null && pagesLeft < shortened.pager().pageCount()) {
                shortened.changesPagesUnknown();
                shortened.pager().pageCount(pagesLeft);
            }
            shortened = null;
        }

        @Override
        public void commit() {
            shortened = null;
        }

        @Override
        public void rollback() {
            shortened = null;
        }

        @Override
        public void rollbackTo(int level) {
            shortened = null;
        }
    }

    private final class PageCursor implements VirtualCursor {
        private BTree tree;
        private String schema;
        private int page;
        private int last;

        @Override
        public void filter(int indexNumber, String indexText, FilterArguments arguments) {
            int next = 0;
            int database = 0;
            page = 1;
            last = 0;
            if ((indexNumber & SCHEMA) != 0) {
                String wanted = arguments.value(next++).asString();
                database = wanted == null ? -1 : host.session().databaseIndex(wanted);
            }
            tree = database < 0 ? null : host.session().openDatabase(database);
            if (tree == null) {
                return;
            }
            tree.beginRead();
            schema = host.session().databaseName(database);
            last = tree.pager().pageCount();
            if ((indexNumber & PAGE) != 0) {
                long wanted = arguments.value(next).asLong();
                boolean exists = wanted >= 1 && wanted <= last;
                page = exists ? (int) wanted : 1;
                last = exists ? page : 0;
            }
        }

        @Override
        public boolean isEnd() {
            return page > last;
        }

        @Override
        public void next() {
            page++;
        }

        @Override
        public void column(int column, Value result) {
            switch (column) {
                case PAGE_COLUMN -> result.setInteger(page);
                case DATA_COLUMN -> {
                    tree.changesPages();
                    byte[] image = tree.pager().read(page);
                    result.setBlobCopy(image, 0, tree.pageSize());
                }
                default -> result.setText(schema);
            }
        }

        @Override
        public long rowid() {
            return page;
        }
    }
}
