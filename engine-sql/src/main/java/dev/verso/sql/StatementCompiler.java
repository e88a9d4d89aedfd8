package dev.verso.sql;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.parser.DeepStack;
import dev.verso.parser.SqlParser;
import dev.verso.parser.SqlSyntaxException;
import dev.verso.parser.ast.Command;
import dev.verso.parser.ast.Definition;
import dev.verso.parser.ast.Statement;
import dev.verso.sql.CompiledStatement.ResultColumn;
import dev.verso.sql.alter.AlterTableCompiler;
import dev.verso.sql.bound.BoundSelect;
import dev.verso.sql.code.CodeContext;
import dev.verso.sql.code.PlanParameters;
import dev.verso.sql.code.QueryPlanLog;
import dev.verso.sql.ddl.DefinitionCompiler;
import dev.verso.sql.query.Destination;
import dev.verso.sql.query.SelectCompiler;
import dev.verso.sql.resolve.ColumnNaming;
import dev.verso.sql.resolve.DeepStatement;
import dev.verso.sql.resolve.Parameters;
import dev.verso.sql.resolve.Resolver;
import dev.verso.sql.resolve.Scope;
import dev.verso.sql.schema.Schemas;
import dev.verso.sql.write.DeleteCompiler;
import dev.verso.sql.write.InsertCompiler;
import dev.verso.sql.write.UpdateCompiler;
import dev.verso.sql.write.WriteContext;
import dev.verso.vm.Flags;
import dev.verso.vm.Opcode;
import dev.verso.vm.Program;
import dev.verso.vm.ProgramBuilder;
import java.util.List;

/** SQL text to {@link CompiledStatement}: parses, and hands each kind of statement to its compiler. */
final class StatementCompiler {
    private final Connection connection;
    private final String sql;
    private final ProgramBuilder builder = new ProgramBuilder();
    private final QueryPlanLog planLog;
    private final CodeContext code;
    private final Parameters parameters;
    private final Resolver resolver;
    private final WriteContext write;
    private boolean isReadOnly = true;

    private StatementCompiler(
            Connection connection, String sql, Parameters parameters, PlanParameters known, boolean planWanted) {
        this.connection = connection;
        this.sql = sql;
        planLog = new QueryPlanLog(planWanted);
        Schemas schemas = connection.schemas();
        this.parameters = parameters;
        code = new CodeContext(builder, connection.session(), schemas, planLog);
        code.planParameters(known);
        code.scansBackwards(connection.settings().reverseUnorderedSelects());
        SelectCompiler.install(code);
        resolver = new Resolver(schemas, connection.session().functions(), parameters, sql);
        resolver.naming(ColumnNaming.of(
                connection.settings().fullColumnNames(), connection.settings().shortColumnNames()));
        write = new WriteContext(code, resolver, connection.settings(), sql);
    }

    /** Compiles the first statement at or after {@code offset}. @param known of the values of its parameters */
    static CompiledStatement compile(Connection connection, String sql, int offset, PlanParameters known) {
        connection.schemas().authorization().leave(null);
        SqlParser.Parsed parsed;
        try {
            parsed = SqlParser.parseNext(sql, offset);
        } catch (SqlSyntaxException e) {
            EarlierMistake.check(sql, offset, e, (text, part) -> new StatementCompiler(
                            connection, text, new Parameters(part.parameters()), known, false)
                    .compile(part.statement()));
            throw new DatabaseException(ResultCode.ERROR, e.getMessage());
        }
        if (parsed.nesting() > DeepStatement.LEVELS && !DeepStack.isHere()) {
            throw new DeepStatement();
        }
        long epoch = connection.schemas().epoch();
        int settings = connection.settingsGeneration();
        if (parsed.statement() == null) {
            return new CompiledStatement(
                    "", parsed.end(), null, List.of(), new Parameters(), true, 0, epoch, settings, known);
        }
        Parameters parameters = new Parameters(parsed.parameters());
        String text = sql.substring(parsed.start(), parsed.end());
        Statement statement = parsed.statement();
        int explainMode = 0;
        if (statement instanceof Statement.Explain explain) {
            explainMode = explain.queryPlan() ? 2 : 1;
            statement = explain.statement();
        }
        StatementCompiler compiler = new StatementCompiler(connection, sql, parameters, known, explainMode == 2);
        List<ResultColumn> columns = compiler.compile(statement);
        Program program = compiler.finish(parameters);
        if (explainMode != 0) {
            Explanation explanation =
                    explainMode == 1 ? Explanation.ofProgram(program) : Explanation.ofPlan(compiler.planLog);
            program = explanation.program(parameters.count(), program.countsChanges());
            columns = explanation.columns();
        }
        return new CompiledStatement(
                text,
                parsed.end(),
                program,
                columns,
                parameters,
                explainMode != 0 || compiler.isReadOnly,
                explainMode,
                connection.schemas().epoch(),
                settings,
                known);
    }

    private Program finish(Parameters counted) {
        code.finish(this::emitTransaction);
        builder.parameterCount(counted.count());
        return builder.build();
    }

    /** Emits what stands before a transaction that writes while PRAGMA query_only is on. */
    static void refuseWriting(ProgramBuilder builder) {
        builder.add(
                Opcode.Halt, ResultCode.READONLY.value(), Flags.ON_CONFLICT_ABORT, 0, ResultCode.READONLY.text(), 0);
    }

    private void emitTransaction(int database, boolean writes) {
        if (writes) {
            isReadOnly = false;
            if (connection.settings().queryOnly()) {
                refuseWriting(builder);
            }
        }
        connection.schemas().schema(database); // after a rollback only reading it again tells its cookie
        builder.add(
                Opcode.Transaction,
                database,
                writes ? 1 : 0,
                connection.schemas().cookie(database),
                connection.schemas().generation(database),
                connection.schemas().isLoaded(database) ? 1 : 0); // what was not looked at cannot be out of date
    }

    private List<ResultColumn> compile(Statement statement) {
        code.begin();
        if (statement instanceof Statement.Query query) {
            code.readOnly();
            BoundSelect select = resolver.select(query.select(), Scope.none());
            // Before rewriting: what takes a column's place need not be a column.
            List<ResultColumn> columns = ResultColumns.of(resolver.labels(select.columns()));
            SelectCompiler.compile(code, select, new Destination.Output());
            return columns;
        } else if (statement instanceof Statement.Insert insert) {
            beginWriting(insert.returning().isEmpty(), "rows inserted");
            return ResultColumns.of(InsertCompiler.compile(write, insert));
        } else if (statement instanceof Statement.Update update) {
            beginWriting(update.returning().isEmpty(), "rows updated");
            return ResultColumns.of(UpdateCompiler.compile(write, update));
        } else if (statement instanceof Statement.Delete delete) {
            beginWriting(delete.returning().isEmpty(), "rows deleted");
            return ResultColumns.of(DeleteCompiler.compile(write, delete));
        } else if (statement instanceof Definition.AlterTable alter) {
            AlterTableCompiler.compile(write, connection.schemas(), alter);
            return List.of();
        } else if (statement instanceof Definition definition) {
            DefinitionCompiler.compile(write, connection.schemas(), definition);
            return List.of();
        } else if (statement instanceof Command command) {
            return new CommandCompiler(connection, write).compile(command);
        }
        throw new IllegalStateException("EXPLAIN of EXPLAIN");
    }

    private void beginWriting(boolean mayAnswer, String countName) {
        if (!mayAnswer) {
            connection.schemas().schema(Schemas.TEMP).noteReturning();
        }
        builder.countChanges();
        if (mayAnswer) {
            write.answerWithCount(countName);
        }
    }
}
