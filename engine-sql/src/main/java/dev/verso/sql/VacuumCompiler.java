package dev.verso.sql;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.parser.ast.Command.Vacuum;
import dev.verso.sql.code.RowProgram;
import dev.verso.sql.resolve.Scope;
import dev.verso.sql.write.WriteContext;
import dev.verso.vm.Session;
import dev.verso.vm.value.StorageClass;

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
        if (database == Session.TEMP) {
            return; // temporary tables are not worth it
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
                    if (into && registers[first].storageClass() != StorageClass.TEXT) {
                        throw WriteContext.error("non-text filename");
                    }
                    if (connection.settings().queryOnly()) {
                        throw new DatabaseException(ResultCode.READONLY, ResultCode.READONLY.text());
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
