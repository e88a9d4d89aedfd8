package dev.verso.sql;

import dev.verso.parser.ast.Command;
import dev.verso.parser.ast.Command.TransactionMode;
import dev.verso.sql.CompiledStatement.ResultColumn;
import dev.verso.sql.ddl.AnalyzeCompiler;
import dev.verso.sql.ddl.ReindexCompiler;
import dev.verso.sql.pragma.PragmaCompiler;
import dev.verso.sql.write.WriteContext;
import dev.verso.vm.Flags;
import dev.verso.vm.Opcode;
import dev.verso.vm.ProgramBuilder;
import dev.verso.vm.Session;
import java.util.ArrayList;
import java.util.List;

/** Code of statements about transactions, the connection and whole databases. */
final class CommandCompiler {
    private final Connection connection;
    private final WriteContext context;
    private final ProgramBuilder builder;

    CommandCompiler(Connection connection, WriteContext context) {
        this.connection = connection;
        this.context = context;
        this.builder = context.builder();
    }

    /** Emits the statement. @return its result columns */
    List<ResultColumn> compile(Command command) {
        if (!new CommandAccess(connection.schemas().authorization()).allows(command)) {
            return List.of();
        }
        if (command instanceof Command.Begin begin) {
            begin(begin.mode());
        } else if (command instanceof Command.Commit) {
            builder.add(Opcode.AutoCommit, 1, 0);
        } else if (command instanceof Command.Rollback rollback) {
            if (rollback.savepoint() == null) {
                builder.add(Opcode.AutoCommit, 1, 1);
            } else {
                savepoint(Flags.SAVEPOINT_ROLLBACK, rollback.savepoint().text());
            }
        } else if (command instanceof Command.Savepoint savepoint) {
            savepoint(Flags.SAVEPOINT_BEGIN, savepoint.name().text());
        } else if (command instanceof Command.Release release) {
            savepoint(Flags.SAVEPOINT_RELEASE, release.name().text());
        } else if (command instanceof Command.Attach attach) {
            new AttachCompiler(connection, context).attach(attach);
        } else if (command instanceof Command.Detach detach) {
            new AttachCompiler(connection, context).detach(detach);
        } else if (command instanceof Command.Pragma pragma) {
            return named(PragmaCompiler.compile(context, connection.pragmaHost(), pragma));
        } else if (command instanceof Command.Analyze analyze) {
            new AnalyzeCompiler(
                            context,
                            connection.schemas(),
                            analyze,
                            connection.settings().analysisLimit(-1))
                    .compile();
        } else if (command instanceof Command.Reindex reindex) {
            new ReindexCompiler(context, connection.schemas(), reindex).compile();
        } else if (command instanceof Command.Vacuum vacuum) {
            new VacuumCompiler(connection, context, vacuum).compile();
        } else {
            throw new IllegalStateException("unknown command " + command);
        }
        return List.of();
    }

    private static List<ResultColumn> named(List<String> names) {
        List<ResultColumn> columns = new ArrayList<>();
        for (String name : names) {
            columns.add(ResultColumn.named(name));
        }
        return columns;
    }

    private void savepoint(int action, String name) {
        builder.add(Opcode.Savepoint, action, 0, 0, name, 0);
    }

    private void begin(TransactionMode mode) {
        if (mode == TransactionMode.IMMEDIATE || mode == TransactionMode.EXCLUSIVE) {
            Session session = connection.session();
            if (connection.settings().queryOnly()) {
                StatementCompiler.refuseWriting(builder);
            }
            for (int database = 0; database < session.databaseCount(); database++) {
                if (session.openDatabase(database) != null) {
                    boolean readOnly =
                            session.openDatabase(database).pager().store().isReadOnly();
                    builder.add(Opcode.Transaction, database, readOnly ? 0 : mode == TransactionMode.EXCLUSIVE ? 2 : 1);
                }
            }
        }
        builder.add(Opcode.AutoCommit, 0, 0);
    }
}
