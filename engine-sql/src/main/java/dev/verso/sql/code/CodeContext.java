package dev.verso.sql.code;

import dev.verso.btree.BTree;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.schema.Catalog;
import dev.verso.vm.Flags;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import dev.verso.vm.Session;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * One program under construction, and what its compilers share. A trigger's program gets a context of its own.
 */
public final class CodeContext {
    private final ProgramBuilder builder;
    private final Session session;
    private final Catalog catalog;
    private final QueryPlanLog planLog;
    private final BitSet databasesRead = new BitSet();
    private final BitSet databasesWritten = new BitSet();
    private final TemporaryRegisters temporaries;
    private final Constants constants;
    private final IndexedExpressions indexedExpressions;
    private Map<BoundSelect, SharedTable> sharedTables = Map.of();
    private ExpressionCompiler expressions;
    private final List<Runnable> beginnings = new ArrayList<>();
    private int initAddress = -1;
    private int loopRows;
    private boolean scansBackwards;
    private boolean readOnly;
    private PlanParameters planParameters = PlanParameters.unknown();

    public CodeContext(ProgramBuilder builder, Session session, Catalog catalog, QueryPlanLog planLog) {
        this.builder = builder;
        this.session = session;
        this.catalog = catalog;
        this.planLog = planLog;
        temporaries = new TemporaryRegisters(builder);
        constants = new Constants(this);
        indexedExpressions = new IndexedExpressions(this);
    }

    public ProgramBuilder builder() {
        return builder;
    }

    public Session session() {
        return session;
    }

    public Catalog catalog() {
        return catalog;
    }

    /** Lines of EXPLAIN QUERY PLAN. */
    public QueryPlanLog planLog() {
        return planLog;
    }

    /** Notes that the program reads that database; {@link #finish} hands it to the caller. Query compilation notes its own tables. */
    public void reads(int database) {
        databasesRead.set(database);
    }

    /** As {@link #reads}, and that the program follows from what is in the schema: where others' commits are compared with that, it counts as read. */
    public void readsSchema(int database) {
        reads(database);
        BTree tree = session.openDatabase(database);
        if (tree != null && tree.wantsRows()) {
            builder.add(Opcode.ReadCookie, database, builder.newRegister(), Flags.COOKIE_SCHEMA_VERSION);
        }
    }

    /** Notes that the program writes that database. */
    public void writes(int database) {
        databasesRead.set(database);
        databasesWritten.set(database);
    }

    /** A query that several sources read: its ephemeral table, and the subroutine that fills it. */
    public record SharedTable(int returnRegister, int entry, int cursor) {}

    /** The table of that query, or null if its code was not yet emitted. */
    public SharedTable sharedTable(BoundSelect select) {
        return sharedTables.get(select);
    }

    public void sharedTable(BoundSelect select, SharedTable table) {
        if (sharedTables.isEmpty()) {
            sharedTables = new IdentityHashMap<>();
        }
        sharedTables.put(select, table);
    }

    /** True if the statement is a query: what tables hold does not change while it runs. */
    public boolean isReadOnly() {
        return readOnly;
    }

    public void readOnly() {
        readOnly = true;
    }

    /** What is known of the parameters' values while planning. */
    public PlanParameters planParameters() {
        return planParameters;
    }

    public void planParameters(PlanParameters known) {
        planParameters = known;
    }

    /** Registers that are free again once their user is done with them. */
    public TemporaryRegisters temporaries() {
        return temporaries;
    }

    /** Values that are computed once, at the beginning of the program. */
    public Constants constants() {
        return constants;
    }

    /** What loops over indexes have read already. */
    public IndexedExpressions indexedExpressions() {
        return indexedExpressions;
    }

    /** Emits the beginning of a program: {@code Init}, whose target {@link #finish} provides. */
    public void begin() {
        initAddress = builder.add(Opcode.Init);
    }

    /** Code that the program runs once before everything else, when its transactions are open. */
    public void atBeginning(Runnable code) {
        beginnings.add(code);
    }

    /** How {@link #finish} gets {@code Transaction} written, of which only the layer above knows the cookies. */
    @FunctionalInterface
    public interface TransactionCode {
        void emit(int database, boolean writes);
    }

    /** Emits the end of a program: {@code Halt}, then what {@code Init} jumps to: transactions, constants, and back to the beginning. */
    public void finish(TransactionCode transactions) {
        builder.add(Opcode.Halt);
        builder.jumpHere(initAddress);
        for (int database = databasesRead.nextSetBit(0);
                database >= 0;
                database = databasesRead.nextSetBit(database + 1)) {
            transactions.emit(database, databasesWritten.get(database));
        }
        beginnings.forEach(Runnable::run);
        constants.emit();
        builder.add(Opcode.Goto, 0, initAddress + 1);
    }

    /**
     * How often the code now being written is expected to run, as ten times the binary logarithm: set by loops for their body, read by the
     * planner of queries inside of it.
     */
    public int loopRows() {
        return loopRows;
    }

    public void loopRows(int estimate) {
        loopRows = estimate;
    }

    /** PRAGMA reverse_unordered_selects: loops whose order nobody asked for run the other way. */
    public boolean scansBackwards() {
        return scansBackwards;
    }

    public void scansBackwards(boolean on) {
        scansBackwards = on;
    }

    public ExpressionCompiler expressions() {
        return expressions;
    }

    public void expressions(ExpressionCompiler compiler) {
        expressions = compiler;
    }
}
