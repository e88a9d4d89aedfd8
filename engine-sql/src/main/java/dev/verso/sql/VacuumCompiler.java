package dev.verso.sql;

import dev.verso.parser.ast.Command.Vacuum;
import dev.verso.sql.code.RowProgram;
import dev.verso.sql.resolve.Scope;
import dev.verso.sql.write.WriteContext;

/** VACUUM and VACUUM INTO. The work is done by {@link DatabaseCopy}; the statement itself opens no transaction. */
final class VacuumCompiler {
    private final Connection connection;
    private final WriteContext context;
    private final Vacuum statement;

    VacuumCompiler(Connection connection, WriteContext context, Vacuum statement) {
        this.connection = connection;
        this.context = context;
        this.statement = statement;
    }

    void compile() {
        int database = 0;
        if (statement.schema() != null) {
            database = connection.schemas().databaseNumber(statement.schema().text());
            if (database < 0) {
                throw context.unknownDatabase(statement.schema());
            }
        }
        int target = database;
        boolean into = statement.into() != null;
        int register = context.builder().newRegister();
        if (into) {
            context.expressions().compile(context.resolver().expr(statement.into(), Scope.none()), register);
        }
        RowProgram.emit(
                context.builder(),
                (session, registers, first, count) -> {
                    if (!session.isAutocommit()) {
                        throw WriteContext.error("cannot VACUUM from within a transaction");
                    }
                    if (session.activeReaders() > 0) {
                        throw WriteContext.error("cannot VACUUM - SQL statements in progress");
                    }
                    DatabaseCopy copy = new DatabaseCopy(connection, target);
                    if (into) {
                        copy.into(registers[first].asString());
                    } else {
                        copy.inPlace();
                    }
                    return (row, at) -> false;
                },
                register,
                into ? 1 : 0,
                0);
    }
}
