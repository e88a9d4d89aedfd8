package dev.verso.vm;

/**
 * The instructions. Names and operands are those of sqlite.org/opcode.html (SQLite 3.4x and later), so that EXPLAIN reads alike; where
 * ours differ the comment says so. "Register P1" is the register of that number; a comment that says "P1 + P2" of an operator means the
 * contents of those registers. Longer than 500 lines because each instruction has its contract here.
 */
public enum Opcode {
    // ---- control

    /** Begins every program. Jumps to P2 if that is not 0, else goes on; {@code Once} flags are cleared. */
    Init(2),
    /** Jumps to P2. */
    Goto(2),
    /** Stores the address of this instruction in register P1 and jumps to P2; {@code Return} comes back to the next instruction. */
    Gosub(2),
    /** Jumps to the instruction after the address in register P1. With P3 = 1 it falls through if register P1 is not an integer. */
    Return,
    /** Register P2 becomes NULL, so that {@code Return} with P3 = 1 falls through when the subroutine is entered inline. */
    BeginSubrtn,
    /** Register P1 = P3 - 1 as resume address of the coroutine that begins at P3; jumps to P2 if that is not 0. */
    InitCoroutine(2 | 4),
    /** Ends the coroutine: jumps to P2 of the {@code Yield} that register P1 points at; register P1 points here from now on. */
    EndCoroutine,
    /** Swaps the program counter with register P1. The caller's P2 is where to go when the coroutine has ended (0: never). */
    Yield(2),
    /**
     * Ends the program (or the subprogram). P1 is the result code (extended value of ResultCode, 0 for success), P2 the conflict action
     * ({@link Flags} {@code ON_CONFLICT_}*), P4 the message or null. P5: 0 message as it is, 1 to 4 it is prefixed by {@code NOT NULL},
     * {@code UNIQUE}, {@code CHECK}, {@code FOREIGN KEY} and {@code constraint failed: }. P3 ≠ 0: register P3 holds the message (RAISE
     * with an expression). In a subprogram with P1 = 0 and P2 = ON_CONFLICT_IGNORE the calling {@code Program} jumps to its P2.
     */
    Halt,
    /** {@code Halt} with P1, P2, P4, P5 if register P3 is NULL. */
    HaltIfNull,
    /** Does nothing. */
    Noop,
    /** Does nothing; a line for EXPLAIN QUERY PLAN. P1 id, P2 parent id, P4 text. */
    Explain,
    /** Jumps to P2 except the first time in this run (of this frame). */
    Once(2),
    /** Jumps to P2 if register P1 is true; if it is NULL, jumps if P3 is not 0. */
    If(2),
    /** Jumps to P2 if register P1 is false; if it is NULL, jumps if P3 is not 0. */
    IfNot(2),
    /** If cursor P1 is on the null row, sets register P3 to NULL and jumps to P2. */
    IfNullRow(2),
    /** Jumps to P2 if cursor P1 has not been opened. */
    IfNotOpen(2),
    /** If register P1 is positive, subtracts P3 from it and jumps to P2. */
    IfPos(2),
    /** If register P1 is not 0, jumps to P2; decrements it first if it is positive. */
    IfNotZero(2),
    /** Jumps to P2 if register P1 is an integer below 0. */
    IfNeg(2),
    /** Decrements register P1 and jumps to P2 if it is then 0. */
    DecrJumpZero(2),
    /** Register P2 = limit P1 + offset P3 if the limit is positive, without overflow; else -1. A negative offset counts as 0. */
    OffsetLimit,
    /** Jumps to P1, P2 or P3 as the last {@code Compare} found less, equal or greater. */
    Jump(1 | 2 | 4),
    /**
     * Runs subprogram P4 (a {@link dev.verso.vm.Program}). P1 is the first register of the parameters ({@code Param} reads relative to
     * it), P3 a register of its own (not used by the machine). Jumps to P2 if the subprogram ended by IGNORE. P5 ≠ 0: not if the same
     * program runs already (recursive triggers off).
     */
    Program(2),
    /** Register P2 = register P1 of the calling frame, counted from that frame's {@code Program} P1. */
    Param,
    /** Adds P2 to the foreign key counter: of deferred violations if P1 ≠ 0, else of the statement. */
    FkCounter,
    /** Jumps to P2 if the foreign key counter (deferred if P1 ≠ 0, else the statement's) is 0. */
    FkIfZero(2),
    /** Register P1 = the larger of itself and register P2, both integers (P1 of the outermost frame: AUTOINCREMENT in triggers). */
    MemMax,
    /** Does nothing. */
    Abortable,
    /** Does nothing. */
    ReleaseReg,
    /** After {@code Lt} or {@code Gt}: jumps to P2 if that comparison found its operands equal. */
    ElseEq(2),
    // ---- transactions and schema

    /**
     * Begins a transaction on database P1 if there is none: reading if P2 = 0, writing if 1, exclusive if 2. P5 ≠ 0: fails with SCHEMA
     * unless the file's schema cookie is P3 and the host's schema generation is P4 (Integer). A write opens the statement savepoint
     * where {@link ProgramBuilder#multiWrite} says that one is needed.
     */
    Transaction,
    /** P1 = 0 BEGIN; P1 = 1, P2 = 0 COMMIT; P1 = 1, P2 = 1 ROLLBACK. Ends the program. */
    AutoCommit,
    /** Named savepoint P4: P1 = 0 SAVEPOINT, 1 RELEASE, 2 ROLLBACK TO. */
    Savepoint,
    /**
     * Register P2 = header integer P3 of database P1: the ordinal of {@link dev.verso.btree.HeaderField}, see {@link Flags} {@code
     * COOKIE_}* (SQLite's numbers).
     */
    ReadCookie,
    /** Header integer P2 (SQLite's number) of database P1 = P3. For the schema cookie (P2 = 1) the host's cookie too. */
    SetCookie,
    /** Fails with SCHEMA unless the file's cookie of database P1 is P2. */
    VerifyCookie,
    /** The host reads rows of database P1's schema table: those of condition P4 (a String), all if P4 is null. */
    ParseSchema,
    /** The host forgets table P4 of database P1. */
    DropTable,
    /** The host forgets index P4 of database P1. */
    DropIndex,
    /** The host forgets trigger P4 of database P1. */
    DropTrigger,
    /** The host loads the statistics of database P1. */
    LoadAnalysis,
    /** Creates a tree in database P1, P3 = 1 table tree, 2 index tree; register P2 = its root page. */
    CreateBtree,
    /**
     * Drops the tree with root page P1 of database P3. Register P2 = old number of the root page that moved to P1, or 0; the machine
     * tells the host.
     */
    Destroy,
    /**
     * Deletes all entries of the tree with root page P1 of database P2. P3 &gt; 0: adds their number to register P3 and the change
     * counter; P3 &lt; 0: to the change counter only.
     */
    Clear,
    /** Empties sorter or ephemeral table P1. */
    ResetSorter,
    /** The host runs SQL P4. */
    SqlExec,
    /**
     * Other programs of this connection must be prepared again (P1 = 0), or this one too (P1 = 1): raises the host's generation through
     * {@code schemaChanged}.
     */
    Expire,
    /** Left to {@code RowsOpen}: pragmas run in the layer above. Not implemented by the machine; {@code build} refuses it. */
    JournalMode,
    /** As {@code JournalMode}. */
    Checkpoint,
    /** As {@code JournalMode}. */
    Vacuum,
    /** Gives up one free page of database P1; jumps to P2 when there is nothing left. */
    IncrVacuum(2),
    /**
     * Runs the integrity check of trees of database P5 whose root pages are in P4 (int[]). Register P1 is the number of findings that
     * may still be reported, decremented for each; register P2 = the findings joined by newlines, or NULL if there are none; the
     * registers from P3 on (if not 0) = the number of entries of each tree. (SQLite counts into the registers from P3 on, too.)
     */
    IntegrityCk,
    /** Register P2 = page count of database P1. */
    Pagecount,
    /** As {@code JournalMode}. */
    MaxPgcnt,
    /** Does nothing. */
    CursorHint,
    /** Does nothing: there is no shared cache. */
    TableLock,
    /** Change counter of the statement is published and back to 0. */
    ResetCount,
    /** Does nothing. */
    Trace,
    // ---- constants and moves

    /** Register P2 = P1. */
    Integer,
    /** Register P2 = P4 (Long). */
    Int64,
    /** Register P2 = P4 (Double). */
    Real,
    /** Register P2 = text P4 (String). */
    String8,
    /** As {@code String8}. */
    String,
    /**
     * Registers P2 to P3 (P2 only, if P3 is smaller) = NULL. P1 ≠ 0: the NULL that is not equal to itself in {@code Eq} and {@code Ne}
     * with NULLEQ.
     */
    Null,
    /** Register P1 = NULL. */
    SoftNull,
    /** Register P2 = blob P4 (byte[]). */
    Blob,
    /** Register P2 = parameter P1 (1-based). */
    Variable,
    /** Moves P3 registers from P1 on to P2 on; the old ones become NULL. The ranges may overlap. */
    Move,
    /** Copies P3 + 1 registers from P1 on to P2 on. P5 bit 2: drops subtypes. */
    Copy,
    /** Register P2 = register P1; text and blob bytes are shared with P1 and only right while P1 stays. */
    SCopy,
    /** Register P2 = register P1, an integer. */
    IntCopy,
    /** A row of P2 registers from P1 on; the run pauses. P5 {@link Flags#LAST_USE}. */
    ResultRow,
    // ---- operators

    /** Register P3 = text of register P2 followed by text of register P1; NULL if either is. */
    Concat,
    /** Register P3 = P1 + P2; overflow makes a real. */
    Add,
    /** Register P3 = P2 - P1. */
    Subtract,
    /** Register P3 = P1 * P2. */
    Multiply,
    /** Register P3 = P2 / P1; NULL if P1 is 0. */
    Divide,
    /** Register P3 = P2 % P1 as integers; NULL if P1 is 0. */
    Remainder,
    /** Register P3 = P1 and P2, bit by bit. */
    BitAnd,
    /** Register P3 = P1 or P2, bit by bit. */
    BitOr,
    /** Register P3 = P2 shifted left by P1. */
    ShiftLeft,
    /** Register P3 = P2 shifted right by P1. */
    ShiftRight,
    /** Register P1, made an integer, += P2. */
    AddImm,
    /** Register P1 becomes an integer where that loses nothing; else jumps to P2, or fails with MISMATCH if P2 is 0. */
    MustBeInt(2),
    /** An integer in register P1 becomes a real. */
    RealAffinity,
    /** CAST of register P1 to the affinity with code P2. */
    Cast,
    /**
     * Jumps to P2 if register P3 = register P1. P4 Collation or null; P5 affinity code (low bits, {@link Flags#AFFINITY_MASK}) applied
     * to both, and {@link Flags#JUMP_IF_NULL}, {@link Flags#NULLS_EQUAL}. Registers keep the affinity's effect only as far as SQLite's
     * do: a text operand compared numerically is converted for the comparison alone.
     */
    Eq(2),
    /** Jumps to P2 if register P3 ≠ register P1; else as {@code Eq}. */
    Ne(2),
    /** Jumps to P2 if register P3 &lt; register P1; else as {@code Eq}, without NULLS_EQUAL. */
    Lt(2),
    /** Jumps to P2 if register P3 &lt;= register P1. */
    Le(2),
    /** Jumps to P2 if register P3 &gt; register P1. */
    Gt(2),
    /** Jumps to P2 if register P3 &gt;= register P1. */
    Ge(2),
    /** Register P2 = 0, or NULL if register P1 or P3 is NULL. */
    ZeroOrNull,
    /** P4 (int[]) says in which order the next {@code Compare} takes its registers. */
    Permutation,
    /**
     * Compares P3 registers from P1 on with those from P2 on by KeyInfo P4; {@code Jump} asks for the result. P5 bit 1: the permutation
     * applies.
     */
    Compare,
    /** Register P3 = P1 AND P2, three-valued. */
    And,
    /** Register P3 = P1 OR P2, three-valued. */
    Or,
    /** Register P2 = whether register P1 is true (XOR P4 Integer); P3 if it is NULL. */
    IsTrue,
    /** Register P2 = NOT register P1. */
    Not,
    /** Register P2 = complement of register P1. */
    BitNot,
    /** Jumps to P2 if register P1 is NULL. */
    IsNull(2),
    /** Jumps to P2 if register P1 is not NULL. */
    NotNull(2),
    /**
     * Jumps to P2 if the storage class of column P3 of cursor P1 (of register P3 if P1 is -1) is in the mask P5: 1 INTEGER, 2 REAL, 4
     * TEXT, 8 BLOB, 16 NULL. P4 (Integer) is the class number 1 to 5 of the column's default.
     */
    IsType(2),
    /** Applies the affinities of P4 (String of {@link dev.verso.vm.value.Affinity#code} letters) to P2 registers from P1 on. */
    Affinity,
    /**
     * Register P3 = function P4 ({@link FunctionCall}) of its arguments from register P2 on. P1 is a mask of constant arguments (not
     * used).
     */
    Function,
    /** As {@code Function}, in places where only deterministic functions may be called. */
    PureFunc,
    /** Register P1 loses its subtype. */
    ClrSubtype,
    /** Register P2 = subtype of register P1, or NULL. */
    GetSubtype,
    /** Register P2 gets the subtype in register P1. */
    SetSubtype,
    /** If P1 ≠ 0, register P1 = 0 (flag of a min or max aggregate). The collation itself is in {@link FunctionCall}. */
    CollSeq,
    /**
     * Checks the types of a STRICT table: P2 registers from P1 on against P4 ({@link StrictTypes}). P3 ≠ 0: generated columns are not
     * checked.
     */
    TypeCheck,
    // ---- cursors

    /**
     * Cursor P1 on the tree with root page P2 of database P3. P4 a KeyInfo: index tree; an Integer (number of columns) or null: table
     * tree. P5 bits: {@link Flags#P2_IS_REGISTER}. A KeyInfo's {@code keyColumns} must count all columns of the entries, the rowid too,
     * except for WITHOUT ROWID tables, where it counts the primary key alone.
     */
    OpenRead,
    /** As {@code OpenRead}, nothing to do if the cursor is open on that tree already. */
    ReopenIdx,
    /** As {@code OpenRead} for writing. */
    OpenWrite,
    /** Cursor P1 on the same ephemeral table as cursor P2. */
    OpenDup,
    /** As {@code OpenEphemeral}. */
    OpenAutoindex,
    /**
     * Cursor P1 on a new ephemeral table of P2 columns; with KeyInfo P4 an ephemeral index. If it is open already it is emptied. P3 &gt;
     * 0: register P3 receives nothing here.
     */
    OpenEphemeral,
    /**
     * Cursor P1 as a sorter with KeyInfo P4. P2 columns. P3 &gt; 0: at most that many leading columns differ within what is read (not
     * used).
     */
    SorterOpen,
    /** Jumps to P2 if the sequence number of cursor P1 is 0; increments it. */
    SequenceTest(2),
    /** Cursor P1 on the one record in register P2. P3 columns. */
    OpenPseudo,
    /** Closes cursor P1. */
    Close,
    /** Does nothing. */
    ColumnsUsed,
    /**
     * Moves cursor P1 to the last entry less than the key; jumps to P2 if there is none. Index cursor (or ephemeral index): key is the
     * P4 (Integer) registers from P3 on. Table cursor: key is the number in register P3.
     */
    SeekLT(2),
    /** The last entry less than or equal to the key. */
    SeekLE(2),
    /** The first entry greater than or equal to the key. P5 bit {@link Flags#SEEK_EQ}: only equal entries are of interest. */
    SeekGE(2),
    /** The first entry greater than the key. */
    SeekGT(2),
    /** Does nothing (SQLite steps a few entries instead of the following seek). */
    SeekScan,
    /** Of the key that cursor P1 was moved to, at least P2 and at most P3 columns are known to be those of an entry. */
    SeekHit,
    /**
     * As {@code NotFound} for the P4 (Integer) registers from P3 on, unless so many columns are known to be those of an entry. A prefix
     * that is found is known from then on.
     */
    IfNoHope(2),
    /**
     * Jumps to P2 if a register of the key is NULL or index P1 has no entry with the key: P4 (Integer) registers from P3 on; P4 = 0: the
     * record in register P3. If it goes on the cursor is on the entry.
     */
    NoConflict(2),
    /** Jumps to P2 if index P1 has no entry that begins with the key (as {@code NoConflict}, NULLs compare as equal). */
    NotFound(2),
    /** Jumps to P2 if index P1 has an entry that begins with the key. */
    Found(2),
    /** Jumps to P2 if 10*log2(entries of cursor P1) lies between P3 and P4 (Integer). */
    IfSizeBetween(2),
    /**
     * Moves table cursor P1 to the rowid in register P3 (converted to an integer as for comparison; jumps if that is not possible).
     * Jumps to P2 if there is no such row; P2 = 0: fails with CORRUPT.
     */
    SeekRowid(2),
    /** As {@code SeekRowid} for a register that is an integer. */
    NotExists(2),
    /** Register P2 = sequence number of cursor P1, which counts from 0. */
    Sequence,
    /**
     * Register P2 = a rowid not in table cursor P1. P3 ≠ 0: register P3 (of the outermost frame) holds the largest one ever used
     * (AUTOINCREMENT) and is updated; FULL at the maximum.
     */
    NewRowid,
    /**
     * Writes the record in register P2 under the rowid in register P3 into table cursor P1. P4 (String) table name for hooks or null. P5
     * {@link Flags}: COUNT_CHANGE, LAST_ROWID, APPEND, IS_UPDATE, SAVE_POSITION, USE_SEEK_RESULT.
     */
    Insert,
    /**
     * Register-free copy of the row of cursor P2 into cursor P1 under rowid register P3 (VACUUM, xfer optimisation): a following {@code
     * Insert} with PREFORMAT writes it.
     */
    RowCell,
    /**
     * Deletes the row of cursor P1. P2 {@link Flags#COUNT_CHANGE}: counts. P4 (String) table name for hooks. P5: SAVE_POSITION,
     * AUX_DELETE.
     */
    Delete,
    /** Jumps to P2 if the current record of sorter P1 differs from the record in register P3 in its first P4 (Integer) columns. */
    SorterCompare(2),
    /** Register P2 = current record of sorter P1; pseudo cursor P3 sees it. */
    SorterData,
    /** Register P2 = whole record of cursor P1. P3 ≠ 0: may share the page's bytes. */
    RowData,
    /** Register P2 = rowid of table cursor P1; NULL on the null row. */
    Rowid,
    /** Cursor P1 is on the null row: all columns and the rowid are NULL until it moves. */
    NullRow,
    /** Cursor P1 to the end, for appending. */
    SeekEnd,
    /** Cursor P1 to the last entry; jumps to P2 if there is none (P2 = 0: goes on). */
    Last(2),
    /** Sorts sorter P1 and moves to its first record; jumps to P2 if there is none. */
    SorterSort(2),
    /** As {@code Rewind}, for an ephemeral index used to sort. */
    Sort(2),
    /** Cursor P1 to the first entry; jumps to P2 if there is none (P2 = 0: goes on). */
    Rewind(2),
    /** Sorter P1 to its next record; jumps to P2 if there is one. */
    SorterNext(2),
    /** Cursor P1 to the previous entry; jumps to P2 if there is one. */
    Prev(2),
    /** Cursor P1 to the next entry; jumps to P2 if there is one. */
    Next(2),
    /**
     * Inserts the record in register P2 into index cursor P1. P3, P4 (Integer): registers the record was made of (not needed). P5:
     * COUNT_CHANGE, APPEND, USE_SEEK_RESULT.
     */
    IdxInsert,
    /** Adds the record in register P2 to sorter P1. */
    SorterInsert,
    /** Deletes the entry with the key in P3 registers from P2 on from index cursor P1. P5 ≠ 0: fails with CORRUPT_INDEX if there is none. */
    IdxDelete,
    /** Until {@code CursorUnlock} of the same cursor P1, no other cursor may write its tree. */
    CursorLock,
    /** Ends {@code CursorLock} of cursor P1. */
    CursorUnlock,
    /**
     * Table cursor P3 is to move to the rowid at the end of index cursor P1's entry when someone asks for a column of it that the index
     * does not have. P4 (int[]): for each table column the index column + 1, or 0 (as SQLite: element 0 is the count, element i+1 that
     * of column i); null: none. P2 not used.
     */
    DeferredSeek,
    /** Register P2 = the rowid at the end of the entry of index cursor P1. */
    IdxRowid,
    /** Carries out the deferred seek of table cursor P1, if one is due. */
    FinishSeek,
    /**
     * Jumps to P2 if the entry of index cursor P1, by as many columns as P4 (Integer), is less than or equal to the key in registers
     * from P3 on.
     */
    IdxLE(2),
    /** … is greater than the key. */
    IdxGT(2),
    /** … is less than the key. */
    IdxLT(2),
    /** … is greater than or equal to the key. */
    IdxGE(2),
    /**
     * Register P3 = column P2 of the entry of cursor P1. A record that is too short gives default P4 (null: NULL; Integer, Long, Double,
     * String, byte[] or Value). P5: {@link Flags#LENGTH_ONLY}, {@link Flags#TYPE_ONLY} (hints).
     */
    Column,
    /** Register P3 = NULL: byte offsets of rows are not offered. */
    Offset,
    /** Register P3 = record of P2 registers from P1 on, with the affinities of P4 (String) applied to them first (null: none). */
    MakeRecord,
    /** Register P2 = number of entries of cursor P1. P3 ≠ 0: an estimate will do. */
    Count,
    /** Adds the integer in register P2 to the row set in register P1 (made if that is NULL). */
    RowSetAdd,
    /** Takes the smallest value of the row set in register P1 into register P3; jumps to P2 if it is empty. */
    RowSetRead(2),
    /**
     * Jumps to P2 if the row set in register P1 has the integer in register P3 from an earlier batch; else adds it to batch P4 (Integer;
     * 0: the first, nothing to test; -1: the last, not added).
     */
    RowSetTest(2),
    /** Jumps to P2 if the Bloom filter in register P1 says that the P4 (Integer) registers from P3 on were never added. */
    Filter(2),
    /**
     * Adds the P4 (Integer) registers from P3 on to the Bloom filter in register P1 (made by {@code Blob} with P1 = its size in bytes,
     * P4 null).
     */
    FilterAdd,
    // ---- aggregates

    /** As {@code AggStep}, taking the arguments back. */
    AggInverse,
    /**
     * Function P4 ({@link FunctionCall}) takes its arguments from register P2 on into the state of register P3. A NULL in P3 (the state
     * after {@code Null}) begins a new group. The machine keeps the state beside the register: it cannot be copied or moved.
     */
    AggStep,
    /** Register P3 = value so far of the state of register P1; P4 its function. */
    AggValue,
    /** Register P1 = value of its state, which ends; P4 its function. */
    AggFinal,
    // ---- rows made by Java

    /**
     * Cursor P1 on rows made by P4 (a {@link RowSource}), opened with P3 arguments from register P2 on. For pragmas, EXPLAIN and pragma
     * functions. Ours.
     */
    RowsOpen,
    /** Takes the next row of cursor P1 into registers from P3 on and jumps to P2; goes on if there is none. Ours. */
    RowsNext(2),
    // ---- virtual tables

    /** Virtual table P4 ({@link ConnectedTable}) takes part in the transaction from now on. */
    VBegin,
    /** Calls the module's {@code create} for the virtual table of database P1 whose name is in register P2. */
    VCreate,
    /** Virtual table P4 (its name) of database P1 is dropped. */
    VDestroy,
    /** Cursor P1 on virtual table P4 ({@link ConnectedTable}), on no row yet. */
    VOpen,
    /**
     * Begins a search of cursor P1: index number in register P3, number of arguments in register P3+1, the arguments from P3+2 on, index text P4.
     * Jumps to P2 if there is no row.
     */
    VFilter(2),
    /** Register P3 = column P2 of the row that virtual cursor P1 is on. */
    VColumn,
    /** Moves virtual cursor P1 to the next row and jumps to P2; goes on if there is none. */
    VNext(2),
    /** Virtual table P4 ({@link ConnectedTable}) is renamed to the text in register P1. */
    VRename,
    /**
     * Changes a row of virtual table P4 ({@link VirtualWrite}). P2 = 1: deletes the row with the key in register P3. Otherwise the P2 registers
     * from P3 on are the old key, the new key and all columns. P1 ≠ 0: the new rowid becomes the last inserted one. P5: conflict action.
     */
    VUpdate,
    /** Register P2 = what virtual table P4 ({@link VirtualCheck}) finds wrong with itself, or NULL. P1 ≠ 0: a quick look. */
    VCheck,
    /**
     * The entries of ephemeral index P1 are the values of the IN that is argument P4 (Integer, from 0) of the next {@code VFilter} of cursor P3; its
     * register P2 becomes NULL.
     */
    VInitIn;

    private final int jumps;

    Opcode() {
        this(0);
    }

    Opcode(int jumps) {
        this.jumps = jumps;
    }

    boolean p1IsAddress() {
        return (jumps & 1) != 0;
    }

    /** True if P2 is the address of an instruction, or a label before {@link ProgramBuilder#build}. */
    public boolean p2IsAddress() {
        return (jumps & 2) != 0;
    }

    boolean p3IsAddress() {
        return (jumps & 4) != 0;
    }
}
