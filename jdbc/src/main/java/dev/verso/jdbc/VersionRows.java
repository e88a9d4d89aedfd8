package dev.verso.jdbc;

import dev.verso.btree.RowChanges;
import dev.verso.kv.pages.NamespaceVersion;
import dev.verso.kv.pages.Namespaces;
import java.util.Iterator;
import java.util.List;

/**
 * {@code verso_versions(name)}: the versions of a namespace that are kept, oldest first: number, time (ISO 8601), changed pages, and how
 * many rows of tables with rowids were inserted, updated and deleted, NULL where that is not known. Without a name those of main.
 */
final class VersionRows {
    private static final int READ_AT_ONCE = 1_000;

    private VersionRows() {}

    static FunctionModule module(OpenNamespaces.Home home) {
        return new FunctionModule(
                "verso_versions",
                List.of("version INTEGER", "time TEXT", "pages INTEGER", "rows INTEGER"),
                List.of("name"),
                0,
                arguments -> rows(home.namespaces(), arguments[0] == null ? home.name() : arguments[0]));
    }

    private static FunctionModule.Answer rows(Namespaces namespaces, String name) {
        return new FunctionModule.Answer() {
            private Iterator<NamespaceVersion> some =
                    namespaces.versions(name, 0, READ_AT_ONCE).iterator();
            private long last;

            @Override
            public boolean hasNext() {
                if (!some.hasNext() && last != 0) {
                    some = namespaces.versions(name, last, READ_AT_ONCE).iterator();
                    last = 0;
                }
                return some.hasNext();
            }

            @Override
            public Object[] next() {
                NamespaceVersion version = some.next();
                last = version.version();
                return new Object[] {
                    version.version(),
                    version.time().toString(),
                    (long) version.changedPages(),
                    changedRows(version.rowChanges())
                };
            }
        };
    }

    private static Long changedRows(byte[] changes) {
        if (changes == null) {
            return null;
        }
        RowChanges rows = new RowChanges(changes);
        long count = 0;
        while (rows.nextTree()) {
            if (rows.isIndex() || rows.isGiven()) {
                continue;
            }
            if (rows.isUnknown() || rows.isCleared()) {
                return null;
            }
            // The schema's own rows are none of the user's.
            while (rows.nextRow()) {
                count += rows.rootPage() == 1 ? 0 : 1;
            }
        }
        return count;
    }
}
