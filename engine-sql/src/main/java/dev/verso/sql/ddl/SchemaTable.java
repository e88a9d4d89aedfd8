package dev.verso.sql.ddl;

import dev.verso.sql.schema.Schema;
import dev.verso.sql.schema.SchemaRow;
import dev.verso.sql.schema.Schemas;
import dev.verso.sql.write.WriteContext;
import dev.verso.vm.Flags;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;

/** Emits changes of {@code sqlite_schema} (file format §2.6) and of the schema cookie. */
public final class SchemaTable {
    private static final int ROOT_PAGE = 1;
    private static final int COLUMNS = 5;
    private static final int TABLE_NAME = 2;
    private static final int ROOT = 3;
    private static final int SCHEMA_FORMAT = 4;
    /** A record of five NULLs: the length of its header, and their types. */
    private static final byte[] PLACEHOLDER = {COLUMNS + 1, 0, 0, 0, 0, 0};

    private final WriteContext context;
    private final ProgramBuilder builder;
    private final Schemas schemas;
    private final Schema schema;
    private int cursor = -1;
    private int openFlags;

    public SchemaTable(WriteContext context, Schemas schemas, Schema schema) {
        this.context = context;
        this.builder = context.builder();
        this.schemas = schemas;
        this.schema = schema;
        context.code().writes(schema.database());
        builder.multiWrite();
        builder.mayAbort();
    }

    /** Emits what the first table of a database does: schema format and text encoding are written into the header. */
    void initializeHeader() {
        int register = builder.newRegister();
        builder.add(Opcode.ReadCookie, schema.database(), register, Flags.COOKIE_FILE_FORMAT);
        int done = builder.add(Opcode.If, register, 0);
        builder.add(Opcode.SetCookie, schema.database(), Flags.COOKIE_FILE_FORMAT, SCHEMA_FORMAT);
        builder.add(
                Opcode.SetCookie,
                schema.database(),
                Flags.COOKIE_TEXT_ENCODING,
                context.code().session().encoding().headerValue());
        builder.jumpHere(done);
    }

    /** Emits the creation of a tree. @return the register with its root page */
    int createTree(boolean isIndex) {
        int register = builder.newRegister();
        builder.add(Opcode.CreateBtree, schema.database(), register, isIndex ? Flags.INDEX_TREE : Flags.TABLE_TREE);
        return register;
    }

    /** Rows are written with the integers 0 and 1 in a byte each, as in old files. */
    public void withoutConstants() {
        openFlags = Flags.WITHOUT_CONSTANTS;
    }

    private int open() {
        if (cursor < 0) {
            cursor = builder.newCursor();
            builder.add(Opcode.OpenWrite, cursor, ROOT_PAGE, schema.database(), COLUMNS, openFlags);
            builder.comment(name());
        }
        return cursor;
    }

    private String name() {
        return schema.database() == Schemas.TEMP ? "sqlite_temp_master" : "sqlite_master";
    }

    /** Emits a new row. @param rootRegister 0 for a root page of 0 @param sql null for NULL */
    public void insert(String type, String objectName, String tableName, int rootRegister, String sql) {
        int rowid = builder.newRegister();
        builder.add(Opcode.NewRowid, open(), rowid);
        write(rowid, Flags.APPEND, type, objectName, tableName, rootRegister, sql);
    }

    /**
     * Emits a new row of NULLs, which {@link #complete} overwrites: as in SQLite, a table or view has its place before the indexes that belong to it, and its
     * text comes last. @return the register with its rowid
     */
    int reserve() {
        int rowid = builder.newRegister();
        int record = builder.newRegister();
        int table = open();
        builder.add(Opcode.NewRowid, table, rowid);
        builder.add(Opcode.Blob, PLACEHOLDER.length, record, 0, PLACEHOLDER.clone(), 0);
        builder.add(Opcode.Insert, table, record, rowid, null, Flags.APPEND);
        return rowid;
    }

    /** Emits what {@link #reserve} has kept a place for. */
    void complete(int rowid, String type, String name, int rootRegister, String sql) {
        write(rowid, 0, type, name, name, rootRegister, sql);
    }

    private void write(
            int rowid, int flags, String type, String objectName, String tableName, int rootRegister, String sql) {
        int table = open();
        int first = builder.newRegisters(COLUMNS);
        int record = builder.newRegister();
        builder.add(Opcode.String8, 0, first, 0, type, 0);
        builder.add(Opcode.String8, 0, first + 1, 0, objectName, 0);
        builder.add(Opcode.String8, 0, first + TABLE_NAME, 0, tableName, 0);
        if (rootRegister == 0) {
            builder.add(Opcode.Integer, 0, first + ROOT);
        } else {
            builder.add(Opcode.Copy, rootRegister, first + ROOT);
        }
        if (sql == null) {
            builder.add(Opcode.Null, 0, first + 4);
        } else {
            builder.add(Opcode.String8, 0, first + 4, 0, sql, 0);
        }
        builder.add(Opcode.MakeRecord, first, COLUMNS, record, "BBBDB", 0);
        builder.add(Opcode.Insert, table, record, rowid, null, flags);
    }

    /** Emits the deletion of all rows of a table but its triggers, or, with {@code type}, of the object of that name and type. */
    public void delete(String type, String name) {
        int table = open();
        int wanted = builder.newRegister();
        int column = builder.newRegister();
        builder.add(Opcode.String8, 0, wanted, 0, name, 0);
        int end = builder.newLabel();
        int next = builder.newLabel();
        builder.add(Opcode.Rewind, table, end);
        int loop = builder.address();
        builder.add(Opcode.Column, table, type == null ? TABLE_NAME : 1, column);
        builder.add(Opcode.Ne, wanted, next, column, null, Flags.JUMP_IF_NULL);
        if (type != null) {
            int wantedType = builder.newRegister();
            builder.add(Opcode.String8, 0, wantedType, 0, type, 0);
            builder.add(Opcode.Column, table, 0, column);
            builder.add(Opcode.Ne, wantedType, next, column, null, Flags.JUMP_IF_NULL);
        }
        builder.add(Opcode.Delete, table, 0, 0, null, Flags.SAVE_POSITION);
        builder.place(next);
        builder.add(Opcode.Next, table, loop);
        builder.place(end);
    }

    /** Emits the change of a row that exists: everything but its root page. */
    public void update(SchemaRow row) {
        int table = open();
        int rowid = builder.newRegister();
        int first = builder.newRegisters(COLUMNS);
        int record = builder.newRegister();
        int gone = builder.newLabel();
        builder.add(Opcode.Int64, 0, rowid, 0, row.rowid(), 0);
        builder.add(Opcode.NotExists, table, gone, rowid);
        text(row.type(), first);
        text(row.name(), first + 1);
        text(row.tableName(), first + TABLE_NAME);
        builder.add(Opcode.Column, table, ROOT, first + ROOT);
        text(row.sql(), first + 4);
        builder.add(Opcode.MakeRecord, first, COLUMNS, record, "BBBDB", 0);
        builder.add(Opcode.Insert, table, record, rowid);
        builder.place(gone);
    }

    private void text(String value, int register) {
        if (value == null) {
            builder.add(Opcode.Null, 0, register);
        } else {
            builder.add(Opcode.String8, 0, register, 0, value, 0);
        }
    }

    /** Emits the reading of the whole schema into memory, in place of what is there. */
    public void parseAll() {
        builder.add(Opcode.ParseSchema, schema.database());
    }

    /** Emits the dropping of a tree; if another root page moves into its place, that one's row is corrected. */
    void destroyTree(int rootPage) {
        int moved = builder.newRegister();
        builder.add(Opcode.Destroy, rootPage, moved, schema.database());
        int done = builder.newLabel();
        builder.add(Opcode.IfNot, moved, done, 1);
        int table = open();
        int next = builder.newLabel();
        int rowid = builder.newRegister();
        int first = builder.newRegisters(COLUMNS);
        int record = builder.newRegister();
        builder.add(Opcode.Rewind, table, done);
        int loop = builder.address();
        builder.add(Opcode.Column, table, ROOT, first + ROOT);
        builder.add(Opcode.Ne, moved, next, first + ROOT, null, Flags.JUMP_IF_NULL);
        builder.add(Opcode.Rowid, table, rowid);
        for (int i = 0; i < COLUMNS; i++) {
            if (i != ROOT) {
                builder.add(Opcode.Column, table, i, first + i);
            }
        }
        builder.add(Opcode.Integer, rootPage, first + ROOT);
        builder.add(Opcode.MakeRecord, first, COLUMNS, record, "BBBDB", 0);
        builder.add(Opcode.Insert, table, record, rowid, null, Flags.SAVE_POSITION);
        builder.place(next);
        builder.add(Opcode.Next, table, loop);
        builder.place(done);
    }

    /** Emits the new cookie: the schema in memory is that of the file afterwards. */
    public void changeCookie() {
        changeCookie(null);
    }

    /**
     * As {@link #changeCookie()}, after a change that only adds objects.
     *
     * @param tables root pages of the tables with whose rows something else is to be written from now on; transactions that write to none of them go on
     */
    void changeCookie(int... tables) {
        int cookie = schemas.cookie(schema.database());
        builder.add(Opcode.SetCookie, schema.database(), Flags.COOKIE_SCHEMA_VERSION, cookie + 1, tables, 0);
    }

    /** Emits the reading of a table's new rows into memory. */
    public void parse(String tableName) {
        builder.add(
                Opcode.ParseSchema,
                schema.database(),
                0,
                0,
                "tbl_name='" + tableName.replace("'", "''") + "' AND type!='trigger'",
                0);
    }

    Schema schema() {
        return schema;
    }
}
