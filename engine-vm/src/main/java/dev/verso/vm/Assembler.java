package dev.verso.vm;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;

/** Turns the lines of a program into instruction objects, and counts what a frame must keep for them. */
final class Assembler {
    private final Operation[] operations;
    private int onceCount;
    private int callSiteCount;
    private int subprogramCount;
    private int pendingRowCount;

    Assembler(Operation[] operations) {
        this.operations = operations;
    }

    int onceCount() {
        return onceCount;
    }

    int callSiteCount() {
        return callSiteCount;
    }

    int subprogramCount() {
        return subprogramCount;
    }

    int pendingRowCount() {
        return pendingRowCount;
    }

    Instruction[] assemble() {
        Instruction[] code = new Instruction[operations.length];
        for (int i = 0; i < code.length; i++) {
            code[i] = instruction(i, operations[i]);
        }
        RowidCompared.place(operations, code);
        LoadedColumns.place(operations, code);
        pendingRowCount = RowOfColumns.place(operations, code);
        Pairs.place(operations, code);
        return code;
    }

    private Instruction instruction(int a, Operation o) {
        return switch (o.opcode()) {
            case Init -> o.p2() == 0 ? new ControlInstructions.Nothing(a, o) : new ControlInstructions.Goto(a, o);
            case Goto -> new ControlInstructions.Goto(a, o);
            case Gosub -> new ControlInstructions.Gosub(a, o);
            case Return -> new ControlInstructions.Return(a, o);
            case BeginSubrtn -> new ControlInstructions.BeginSubrtn(a, o);
            case InitCoroutine -> new ControlInstructions.InitCoroutine(a, o);
            case EndCoroutine -> new ControlInstructions.EndCoroutine(a, o, operations);
            case Yield -> new ControlInstructions.Yield(a, o);
            case Halt -> new ControlInstructions.Halt(a, o);
            case HaltIfNull -> new ControlInstructions.HaltIfNull(a, o);
            case Noop, Explain, Abortable, ReleaseReg, CursorHint, TableLock, Trace, ColumnsUsed, SeekScan ->
                new ControlInstructions.Nothing(a, o);
            case Once -> new ControlInstructions.Once(a, o, onceCount++);
            case Program -> new ControlInstructions.Call(a, o, subprogramCount++);
            case Param -> new ControlInstructions.Param(a, o);
            case FkCounter -> new ControlInstructions.FkCounter(a, o);
            case FkIfZero -> new ControlInstructions.FkIfZero(a, o);
            case MemMax -> new ControlInstructions.MemMax(a, o);
            case ResultRow -> new ControlInstructions.ResultRow(a, o);
            case ResetCount -> new ControlInstructions.ResetCount(a, o);
            case If -> new BranchInstructions.If(a, o);
            case IfNot -> new BranchInstructions.IfNot(a, o);
            case IfNullRow -> new BranchInstructions.IfNullRow(a, o);
            case IfNotOpen -> new BranchInstructions.IfNotOpen(a, o);
            case IfPos -> new BranchInstructions.IfPos(a, o);
            case IfNotZero -> new BranchInstructions.IfNotZero(a, o);
            case IfNeg -> new BranchInstructions.IfNeg(a, o);
            case DecrJumpZero -> new BranchInstructions.DecrJumpZero(a, o);
            case OffsetLimit -> new BranchInstructions.OffsetLimit(a, o);
            case Jump -> new BranchInstructions.Jump(a, o);
            case ElseEq -> new BranchInstructions.ElseEq(a, o);
            case ZeroOrNull -> new BranchInstructions.ZeroOrNull(a, o);
            case And -> new BranchInstructions.And(a, o);
            case Or -> new BranchInstructions.Or(a, o);
            case IsTrue -> new BranchInstructions.IsTrue(a, o);
            case Not -> new BranchInstructions.Not(a, o);
            case IsNull -> new BranchInstructions.IsNull(a, o);
            case NotNull -> new BranchInstructions.NotNull(a, o);
            case IsType -> new BranchInstructions.IsType(a, o);
            case Transaction -> new TransactionInstructions.Begin(a, o);
            case AutoCommit -> new TransactionInstructions.AutoCommit(a, o);
            case Savepoint -> new TransactionInstructions.Savepoint(a, o);
            case ReadCookie -> new TransactionInstructions.ReadCookie(a, o);
            case SetCookie -> new TransactionInstructions.SetCookie(a, o);
            case VerifyCookie -> new TransactionInstructions.VerifyCookie(a, o);
            case ParseSchema, DropTable, DropIndex, DropTrigger, LoadAnalysis, SqlExec, Expire ->
                new TransactionInstructions.HostCall(a, o);
            case CreateBtree -> new TransactionInstructions.CreateBtree(a, o);
            case Destroy -> new TransactionInstructions.Destroy(a, o);
            case IncrVacuum -> new TransactionInstructions.IncrVacuum(a, o);
            case IntegrityCk -> new TransactionInstructions.IntegrityCk(a, o);
            case Pagecount -> new TransactionInstructions.Pagecount(a, o);
            case Clear -> new WriteInstructions.Clear(a, o);
            case ResetSorter -> new WriteInstructions.ResetSorter(a, o);
            case Integer -> new RegisterInstructions.SetInteger(a, o, o.p1());
            case Int64 -> new RegisterInstructions.SetInteger(a, o, ((Number) o.p4()).longValue());
            case Real -> new RegisterInstructions.SetReal(a, o);
            case String8, String -> new RegisterInstructions.SetText(a, o);
            case Null -> new RegisterInstructions.Null(a, o);
            case SoftNull -> new RegisterInstructions.SoftNull(a, o);
            case Blob ->
                o.p4() == null ? new RegisterInstructions.NewFilter(a, o) : new RegisterInstructions.SetBlob(a, o);
            case Variable -> new RegisterInstructions.Variable(a, o);
            case Move -> new RegisterInstructions.Move(a, o);
            case Copy -> new RegisterInstructions.Copy(a, o);
            case SCopy -> new RegisterInstructions.SCopy(a, o);
            case IntCopy -> new RegisterInstructions.IntCopy(a, o);
            case ClrSubtype -> new RegisterInstructions.ClrSubtype(a, o);
            case GetSubtype -> new RegisterInstructions.GetSubtype(a, o);
            case SetSubtype -> new RegisterInstructions.SetSubtype(a, o);
            case CollSeq ->
                o.p1() == 0
                        ? new ControlInstructions.Nothing(a, o)
                        : new RegisterInstructions.SetInteger(
                                a, new Operation(o.opcode(), 0, o.p1(), 0, null, 0, null), 0);
            case Concat -> new ArithmeticInstructions.Concat(a, o);
            case Add -> new ArithmeticInstructions.Add(a, o);
            case Subtract -> new ArithmeticInstructions.Subtract(a, o);
            case Multiply -> new ArithmeticInstructions.Multiply(a, o);
            case Divide -> new ArithmeticInstructions.Divide(a, o);
            case Remainder -> new ArithmeticInstructions.Remainder(a, o);
            case BitAnd, BitOr, ShiftLeft, ShiftRight -> new ArithmeticInstructions.Bits(a, o);
            case BitNot -> new ArithmeticInstructions.BitNot(a, o);
            case AddImm -> new ArithmeticInstructions.AddImm(a, o);
            case MustBeInt -> new ArithmeticInstructions.MustBeInt(a, o);
            case RealAffinity -> new ArithmeticInstructions.RealAffinity(a, o);
            case Cast -> new ArithmeticInstructions.Cast(a, o);
            case Affinity -> new ArithmeticInstructions.Affinities(a, o);
            case TypeCheck -> new ArithmeticInstructions.TypeCheck(a, o);
            case Eq, Ne, Lt, Le, Gt, Ge -> new ComparisonInstructions.Compared(a, o);
            case Permutation -> new ComparisonInstructions.Permutation(a, o);
            case Compare -> new ComparisonInstructions.CompareRows(a, o);
            case Function, PureFunc -> new FunctionInstructions.Call(a, o, callSiteCount++);
            case AggStep, AggInverse -> new FunctionInstructions.Step(a, o, callSiteCount++);
            case AggValue, AggFinal -> new FunctionInstructions.Result(a, o, callSiteCount++);
            case OpenRead, OpenWrite, ReopenIdx -> new CursorInstructions.Open(a, o);
            case OpenDup -> new CursorInstructions.OpenDup(a, o);
            case OpenEphemeral, OpenAutoindex -> new CursorInstructions.OpenEphemeral(a, o);
            case OpenPseudo -> new CursorInstructions.OpenPseudo(a, o);
            case Close -> new CursorInstructions.Close(a, o);
            case Rewind, Sort -> new CursorInstructions.Rewind(a, o);
            case Last -> new CursorInstructions.Last(a, o);
            case SeekEnd -> new CursorInstructions.SeekEnd(a, o);
            case Next -> new CursorInstructions.Next(a, o);
            case Prev -> new CursorInstructions.Prev(a, o);
            case NullRow -> new CursorInstructions.NullRow(a, o);
            case Sequence -> new CursorInstructions.Sequence(a, o);
            case SequenceTest -> new CursorInstructions.SequenceTest(a, o);
            case Count -> new CursorInstructions.Count(a, o);
            case IfSizeBetween -> new CursorInstructions.IfSizeBetween(a, o);
            case RowsOpen -> new CursorInstructions.RowsOpen(a, o);
            case RowsNext -> new CursorInstructions.RowsNext(a, o);
            case RowSetAdd, RowSetRead, RowSetTest -> new CursorInstructions.RowSets(a, o);
            case Filter, FilterAdd -> new CursorInstructions.Filters(a, o);
            case SeekLT, SeekLE, SeekGE, SeekGT -> new SeekInstructions.Seek(a, o);
            case SeekRowid, NotExists -> new SeekInstructions.SeekRowid(a, o);
            case Found, NotFound, NoConflict -> new SeekInstructions.Lookup(a, o);
            case SeekHit -> new SeekInstructions.SeekHit(a, o);
            case IfNoHope -> new SeekInstructions.IfNoHope(a, o);
            case IdxLE, IdxGT, IdxLT, IdxGE -> new SeekInstructions.EntryComparison(a, o);
            case DeferredSeek -> new SeekInstructions.DeferredSeek(a, o);
            case IdxRowid -> new SeekInstructions.IdxRowid(a, o);
            case FinishSeek -> new SeekInstructions.FinishSeek(a, o);
            case Column -> new RecordInstructions.Column(a, o);
            case Rowid -> new RecordInstructions.Rowid(a, o);
            case RowData -> new RecordInstructions.RowData(a, o);
            case RowCell -> new RecordInstructions.RowCell(a, o);
            case MakeRecord -> new RecordInstructions.MakeRecord(a, o);
            case Offset -> new RegisterInstructions.SoftNull(a, new Operation(o.opcode(), o.p3(), 0, 0, null, 0, null));
            case NewRowid -> new WriteInstructions.NewRowid(a, o);
            case Insert -> new WriteInstructions.Insert(a, o);
            case Delete -> new WriteInstructions.Delete(a, o);
            case IdxInsert -> new WriteInstructions.IdxInsert(a, o);
            case IdxDelete -> new WriteInstructions.IdxDelete(a, o);
            case CursorLock -> new WriteInstructions.CursorLock(a, o);
            case CursorUnlock -> new WriteInstructions.CursorUnlock(a, o);
            case SorterOpen -> new WriteInstructions.SorterOpen(a, o);
            case SorterInsert -> new WriteInstructions.SorterInsert(a, o);
            case SorterSort -> new WriteInstructions.SorterSort(a, o);
            case SorterNext -> new WriteInstructions.SorterNext(a, o);
            case SorterData -> new WriteInstructions.SorterData(a, o);
            case SorterCompare -> new WriteInstructions.SorterCompare(a, o);
            case JournalMode, Checkpoint, Vacuum, MaxPgcnt -> throw notOffered(o);
            case VBegin -> new VirtualInstructions.Begin(a, o);
            case VCreate -> new VirtualInstructions.Create(a, o);
            case VDestroy -> new VirtualInstructions.Destroy(a, o);
            case VOpen -> new VirtualInstructions.Open(a, o);
            case VFilter -> new VirtualInstructions.Filter(a, o);
            case VColumn -> new VirtualInstructions.Column(a, o);
            case VNext -> new VirtualInstructions.Next(a, o);
            case VRename -> new VirtualInstructions.Rename(a, o);
            case VUpdate -> new VirtualInstructions.Update(a, o);
            case VCheck -> new VirtualInstructions.Check(a, o);
            case VInitIn -> new VirtualInstructions.InitIn(a, o);
        };
    }

    private static DatabaseException notOffered(Operation operation) {
        return new DatabaseException(ResultCode.ERROR, "the machine has no instruction " + operation.opcode());
    }
}
