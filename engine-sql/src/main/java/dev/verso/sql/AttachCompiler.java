package dev.verso.sql;

import dev.verso.btree.BTree;
import dev.verso.btree.HeaderField;
import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.pager.PageStore;
import dev.verso.parser.ast.Command;
import dev.verso.parser.ast.Expr;
import dev.verso.sql.code.RowProgram;
import dev.verso.sql.resolve.Scope;
import dev.verso.sql.schema.Schemas;
import dev.verso.sql.write.WriteContext;
import dev.verso.vm.Limit;
import dev.verso.vm.ProgramBuilder;
import dev.verso.vm.Session;
import java.util.List;

/** ATTACH and DETACH. Their operands are expressions, in which a bare name means its own text. */
final class AttachCompiler {
    private final Connection connection;
    private final WriteContext context;

    AttachCompiler(Connection connection, WriteContext context) {
        this.connection = connection;
        this.context = context;
    }

    void attach(Command.Attach attach) {
        int first = operands(List.of(attach.file(), attach.schema()));
        RowProgram.emit(
                context.builder(),
                (session, registers, from, count) -> {
                    attach(text(registers[from].asString()), text(registers[from + 1].asString()));
                    return (row, into) -> false;
                },
                first,
                2,
                0);
    }

    void detach(Command.Detach detach) {
        int first = operands(List.of(detach.schema()));
        RowProgram.emit(
                context.builder(),
                (session, registers, from, count) -> {
                    detach(text(registers[from].asString()));
                    return (row, into) -> false;
                },
                first,
                1,
                0);
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    private int operands(List<Expr> exprs) {
        ProgramBuilder builder = context.builder();
        int first = builder.newRegisters(exprs.size());
        for (int i = 0; i < exprs.size(); i++) {
            Expr expr = exprs.get(i);
            if (expr instanceof Expr.ColumnName name && name.table() == null) {
                expr = new Expr.StringLiteral(name.span(), name.column().text());
            }
            context.expressions().compile(context.resolver().expr(expr, Scope.none()), first + i);
        }
        return first;
    }

    private void attach(String file, String name) {
        Session session = connection.session();
        int attached = 0;
        for (int i = Session.TEMP + 1; i < session.databaseCount(); i++) {
            attached += session.databaseName(i) == null ? 0 : 1;
        }
        int limit = session.limit(Limit.ATTACHED);
        if (attached >= limit) {
            throw WriteContext.error("too many attached databases - max " + limit);
        }
        if (connection.schemas().databaseNumber(name) >= 0) {
            throw WriteContext.error("database " + name + " is already in use");
        }
        PageStore store;
        try {
            store = connection.opener().open(file);
        } catch (DatabaseException e) {
            if (e.code().primary() == ResultCode.CANTOPEN.value()) {
                throw new DatabaseException(e.code(), "unable to open database: " + file, e);
            }
            throw e;
        }
        int database = connection.attach(name, store);
        int secureDelete = session.database(Schemas.MAIN).secureDelete();
        session.database(database).secureDelete(secureDelete);
        connection.settings().database(database).secureDelete(secureDelete);
        try {
            connection.schemas().schema(database);
            checkEncoding(session, database);
        } catch (RuntimeException e) {
            connection.detach(database);
            throw e;
        }
    }

    /** A database without tables takes the encoding of main; any other must have it. */
    private static void checkEncoding(Session session, int database) {
        BTree tree = session.database(database);
        boolean wasReading = tree.pager().isReading();
        tree.beginRead();
        if (tree.headerField(HeaderField.SCHEMA_FORMAT) == 0) {
            tree.encoding(session.encoding());
        }
        boolean same = tree.encoding() == session.encoding();
        if (!wasReading) {
            tree.endRead();
        }
        if (!same) {
            throw WriteContext.error("attached databases must use the same text encoding as main database");
        }
    }

    private void detach(String name) {
        int database = connection.schemas().databaseNumber(name);
        boolean isUnopened = database == Schemas.TEMP && connection.session().openDatabase(database) == null;
        if (database < 0 || isUnopened) {
            throw WriteContext.error("no such database: " + name);
        }
        if (database == Schemas.MAIN || database == Schemas.TEMP) {
            throw WriteContext.error("cannot detach database " + name);
        }
        var pager = connection.session().database(database).pager();
        if (pager.isReading() || pager.isWriting()) {
            throw WriteContext.error("database " + name + " is locked");
        }
        connection.detach(database);
    }
}
