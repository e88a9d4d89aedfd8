package dev.verso.jdbc;

import dev.verso.btree.BTree;
import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.pages.CollectionOptions;
import dev.verso.kv.pages.NamespaceAddress;
import dev.verso.kv.pages.Namespaces;
import dev.verso.kv.pages.Retention;
import dev.verso.pager.StoreSession;
import dev.verso.sql.Connection;
import dev.verso.sql.extend.Arguments;
import dev.verso.sql.extend.FunctionOption;
import dev.verso.sql.extend.UserFunction;
import java.time.Duration;
import java.util.Locale;

/**
 * The history of the main database's store in SQL. Names are those of namespaces of that store; a version is a number, a timestamp, or
 * {@code 'now'}. What a function does takes effect at once and is no part of the connection's transaction.
 *
 * <pre>
 *   verso_version()                          the newest version of main
 *   verso_wait(version [, seconds])          the newest version of main once there is one after this; NULL if not within the time
 *   verso_fork(name, new [, version])        the version that the fork begins at
 *   verso_rollback(name, version)            the version gone back to
 *   verso_pin(name, version [, label])       the version pinned
 *   verso_unpin(name, version)               how many pins there were
 *   verso_retention(name, seconds, versions) NULL for no rule
 *   verso_schedule(name, seconds)            how often garbage is collected by itself; NULL for never
 *   verso_compress(name, on)                 whether page images are compressed from now on
 *   verso_gc(name)                           page images removed
 *   verso_lock(name, owner [, seconds])      the version that others see; this connection acts as the owner
 *   verso_unlock(name, owner, 'commit' or 'rollback')
 * </pre>
 */
final class HistoryFunctions {
    private static final long LOCK_SECONDS = 3_600;
    private static final double WAIT_SECONDS = 60;

    private final Connection engine;
    private final Namespaces namespaces;
    private final OpenNamespaces.Home home;

    HistoryFunctions(Connection engine, OpenNamespaces.Home home) {
        this.engine = engine;
        this.home = home;
        namespaces = home.namespaces();
    }

    void register() {
        function("verso_version", 0, (arguments, result) -> result.setInteger(namespaces.newestVersion(home.name())));
        UserFunction wait = (arguments, result) -> {
            requireNoTransaction("verso_wait");
            double seconds = arguments.count() < 2 ? WAIT_SECONDS : arguments.asDouble(1);
            long found = namespaces.awaitVersion(
                    home.name(), arguments.asLong(0), Duration.ofMillis((long) (Math.max(0, seconds) * 1_000)));
            if (found >= 0) {
                result.setInteger(found);
            }
        };
        function("verso_wait", 1, wait);
        function("verso_wait", 2, wait);
        function(
                "verso_fork",
                2,
                (arguments, result) ->
                        result.setInteger(namespaces.fork(address(arguments, 0, -1), text(arguments, 1))));
        function(
                "verso_fork",
                3,
                (arguments, result) ->
                        result.setInteger(namespaces.fork(address(arguments, 0, 2), text(arguments, 1))));
        function("verso_rollback", 2, (arguments, result) -> {
            requireNoTransaction("verso_rollback");
            result.setInteger(namespaces.rollBack(text(arguments, 0), arguments.asLong(1)));
        });
        function(
                "verso_pin", 2, (arguments, result) -> result.setInteger(namespaces.pin(address(arguments, 0, 1), "")));
        function(
                "verso_pin",
                3,
                (arguments, result) -> result.setInteger(namespaces.pin(address(arguments, 0, 1), text(arguments, 2))));
        function(
                "verso_unpin",
                2,
                (arguments, result) -> result.setInteger(namespaces.unpin(text(arguments, 0), arguments.asLong(1))));
        function("verso_retention", 3, (arguments, result) -> {
            Duration keepFor = arguments.isNull(1) ? null : Duration.ofSeconds(arguments.asLong(1));
            int versions = arguments.isNull(2) ? 0 : Math.toIntExact(arguments.asLong(2));
            namespaces.retention(text(arguments, 0), new Retention(keepFor, versions));
        });
        function("verso_schedule", 2, (arguments, result) -> {
            long millis = (long) (arguments.asDouble(1) * 1_000);
            namespaces.schedule(text(arguments, 0), arguments.isNull(1) ? null : Duration.ofMillis(millis));
        });
        function(
                "verso_compress",
                2,
                (arguments, result) -> namespaces.compressed(text(arguments, 0), arguments.asLong(1) != 0));
        function(
                "verso_gc",
                1,
                (arguments, result) -> result.setInteger(namespaces
                        .collect(text(arguments, 0), CollectionOptions.DEFAULTS, report -> {})
                        .entries()));
        UserFunction lock = (arguments, result) -> {
            requireNoTransaction("verso_lock");
            long seconds = arguments.count() < 3 ? LOCK_SECONDS : arguments.asLong(2);
            String owner = text(arguments, 1);
            result.setInteger(namespaces.lock(text(arguments, 0), owner, Duration.ofSeconds(seconds)));
            engine.session().database(0).pager().session().actAs(owner);
        };
        function("verso_lock", 2, lock);
        function("verso_lock", 3, lock);
        function("verso_unlock", 3, (arguments, result) -> {
            requireNoTransaction("verso_unlock");
            boolean keep =
                    switch (text(arguments, 2).toLowerCase(Locale.ROOT)) {
                        case "commit" -> true;
                        case "rollback" -> false;
                        default ->
                            throw new DatabaseException(
                                    ResultCode.ERROR, "verso_unlock: the third argument is 'commit' or 'rollback'");
                    };
            namespaces.unlock(text(arguments, 0), text(arguments, 1), keep);
            forgetLock(text(arguments, 0));
        });
        engine.registerModule("verso_diff", DiffRows.module(home));
        engine.registerModule("verso_versions", VersionRows.module(home));
        engine.registerModule("verso_changes", ChangeRows.module(home));
    }

    private void function(String name, int arguments, UserFunction function) {
        engine.createFunction(name, arguments, function, FunctionOption.DIRECT_ONLY);
    }

    private void requireNoTransaction(String function) {
        if (!engine.session().isAutocommit()) {
            throw new DatabaseException(ResultCode.ERROR, function + " can't run inside a transaction");
        }
    }

    /** This connection has ended the lock of a database itself: it need not be told that. */
    private void forgetLock(String name) {
        for (int i = 0; i < engine.session().databaseCount(); i++) {
            BTree tree = engine.session().openDatabase(i);
            if (tree != null && tree.pager().store().name().endsWith("/" + name)) {
                StoreSession session = tree.pager().session();
                session.actAs(session.actsAs());
            }
        }
    }

    private static String text(Arguments arguments, int index) {
        String text = arguments.asString(index);
        if (text == null) {
            throw new DatabaseException(ResultCode.ERROR, "argument " + (index + 1) + " must not be NULL");
        }
        return text;
    }

    private static NamespaceAddress address(Arguments arguments, int name, int version) {
        String point = version < 0 ? null : arguments.asString(version);
        return address(text(arguments, name), point);
    }

    /** The address of a version of a namespace; null, and {@code now}, for the newest. */
    static NamespaceAddress address(String name, String point) {
        return NamespaceAddress.parse(point == null || point.equalsIgnoreCase("now") ? name : name + "@" + point);
    }
}
