package dev.verso.jdbc;

import java.sql.SQLException;
import java.sql.Savepoint;

/** A savepoint, named or numbered. */
final class VersoSavepoint implements Savepoint {
    private final int id;
    private final String name;

    /** @param name null for a numbered one */
    VersoSavepoint(int id, String name) {
        this.id = id;
        this.name = name;
    }

    /** What it is called in SQL, quoted. */
    String sqlName() {
        return '"' + (name == null ? "verso_savepoint_" + id : name.replace("\"", "\"\"")) + '"';
    }

    @Override
    public int getSavepointId() throws SQLException {
        if (name != null) {
            throw SqlErrors.misuse("the savepoint has a name");
        }
        return id;
    }

    @Override
    public String getSavepointName() throws SQLException {
        if (name == null) {
            throw SqlErrors.misuse("the savepoint has no name");
        }
        return name;
    }
}
