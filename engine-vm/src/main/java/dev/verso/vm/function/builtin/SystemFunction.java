package dev.verso.vm.function.builtin;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.record.AsciiCase;
import dev.verso.vm.function.FunctionContext;
import dev.verso.vm.function.FunctionDefinition;
import dev.verso.vm.function.ScalarFunction;
import dev.verso.vm.value.Value;
import java.util.List;
import java.util.Set;

/** Functions about the connection and the engine, and those that the code generator compiles itself. */
enum SystemFunction implements ScalarFunction {
    CHANGES,
    COMPILE_OPTION_GET,
    COMPILE_OPTION_USED,
    COMPILED,
    LAST_INSERT_ROWID,
    LOAD_EXTENSION,
    LOG,
    SOURCE_ID,
    SUBTYPE,
    TOTAL_CHANGES,
    VERSION;

    /** The SQLite whose SQL and file format we speak. */
    static final String SQLITE_VERSION = "3.54.1";

    private static final String SQLITE_SOURCE_ID =
            "2026-10-16 14:45:20 555e07ef33f69a0957d24d8e555b702464a131d6f1607f4c3c1e4551e8e6ca76";

    static void addTo(List<FunctionDefinition> list) {
        Set<FunctionDefinition.Flag> inline = BuiltinFunctions.INLINE;
        Set<FunctionDefinition.Flag> direct = Set.of(FunctionDefinition.Flag.DIRECT_ONLY);
        add(list, "changes", 0, BuiltinFunctions.VOLATILE, CHANGES);
        add(list, "coalesce", -4, inline, COMPILED);
        add(list, "if", -4, inline, COMPILED);
        add(list, "ifnull", 2, inline, COMPILED);
        add(list, "iif", -4, inline, COMPILED);
        add(list, "last_insert_rowid", 0, BuiltinFunctions.VOLATILE, LAST_INSERT_ROWID);
        add(list, "likelihood", 2, inline, COMPILED);
        add(list, "likely", 1, inline, COMPILED);
        add(list, "load_extension", 1, direct, LOAD_EXTENSION);
        add(list, "load_extension", 2, direct, LOAD_EXTENSION);
        add(list, "sqlite_compileoption_get", 1, BuiltinFunctions.VOLATILE, COMPILE_OPTION_GET);
        add(list, "sqlite_compileoption_used", 1, BuiltinFunctions.VOLATILE, COMPILE_OPTION_USED);
        add(list, "sqlite_log", 2, direct, LOG);
        add(list, "sqlite_source_id", 0, BuiltinFunctions.SLOW, SOURCE_ID);
        add(list, "sqlite_version", 0, BuiltinFunctions.SLOW, VERSION);
        add(
                list,
                "subtype",
                1,
                Set.of(
                        FunctionDefinition.Flag.DETERMINISTIC,
                        FunctionDefinition.Flag.INNOCUOUS,
                        FunctionDefinition.Flag.SUBTYPE),
                SUBTYPE);
        add(list, "total_changes", 0, BuiltinFunctions.VOLATILE, TOTAL_CHANGES);
        add(list, "unlikely", 1, inline, COMPILED);
    }

    private static void add(
            List<FunctionDefinition> list,
            String name,
            int arguments,
            Set<FunctionDefinition.Flag> flags,
            SystemFunction body) {
        list.add(new FunctionDefinition(name, arguments, flags, body, null));
    }

    @Override
    public void call(FunctionContext context, Value[] args, int first, int count, Value result) {
        switch (this) {
            case CHANGES -> result.setInteger(context.session().changes());
            case TOTAL_CHANGES -> result.setInteger(context.session().totalChanges());
            case LAST_INSERT_ROWID -> result.setInteger(context.session().lastInsertRowid());
            case COMPILE_OPTION_GET -> {
                long index = args[first].asLong();
                if (index >= 0 && index < CompileOptions.LIST.size()) {
                    result.setText(CompileOptions.LIST.get((int) index));
                }
            }
            case COMPILE_OPTION_USED -> {
                if (!args[first].isNull()) {
                    result.setInteger(CompileOptions.isUsed(AsciiCase.upper(args[first].asString())) ? 1 : 0);
                }
            }
            case LOAD_EXTENSION -> throw Arguments.error("not authorized");
            case LOG ->
                System.getLogger("dev.verso")
                        .log(System.Logger.Level.INFO, "({0}) {1}", args[first].asLong(), args[first + 1].asString());
            case SOURCE_ID -> result.setText(SQLITE_SOURCE_ID);
            case VERSION -> result.setText(SQLITE_VERSION);
            case SUBTYPE -> result.setInteger(args[first].subtype());
            case COMPILED ->
                throw new DatabaseException(ResultCode.INTERNAL, "a function that is compiled in line was called");
        }
    }
}
