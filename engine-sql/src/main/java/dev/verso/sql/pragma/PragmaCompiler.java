package dev.verso.sql.pragma;

import dev.verso.parser.ast.Command.Pragma;
import dev.verso.sql.write.WriteContext;
import java.util.List;

/** Code of PRAGMA. */
public final class PragmaCompiler {
    private PragmaCompiler() {}

    /** Emits the statement. @return names of its result columns */
    public static List<String> compile(WriteContext context, PragmaHost host, Pragma pragma) {
        return List.of();
    }
}
