package dev.verso.sql;

import dev.verso.sql.code.PlanParameters;
import dev.verso.sql.resolve.Parameters;
import dev.verso.vm.Program;
import java.util.List;

/**
 * What compiling a statement gave. Immutable; shared by all that prepare the same text.
 *
 * @param sql the statement's own text
 * @param tail offset just past the statement in the text that was prepared
 * @param program null for a text without a statement
 * @param epoch of the schemas that it was compiled for
 * @param settingsGeneration of the settings that it was compiled for
 * @param planned which values of parameters it was compiled for
 */
record CompiledStatement(
        String sql,
        int tail,
        Program program,
        List<ResultColumn> columns,
        Parameters parameters,
        boolean isReadOnly,
        int explainMode,
        long epoch,
        int settingsGeneration,
        PlanParameters planned) {
    /** One column of the result; what lies behind it is null for an expression. */
    record ResultColumn(String name, String declaredType, String schema, String table, String origin) {
        static ResultColumn named(String name) {
            return new ResultColumn(name, null, null, null, null);
        }
    }

    boolean isEmpty() {
        return program == null;
    }
}
