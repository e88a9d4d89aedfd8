package dev.verso.vm;

import dev.verso.vm.function.FunctionDefinition;
import dev.verso.vm.function.FunctionRegistry;
import dev.verso.vm.function.builtin.BuiltinFunctions;
import java.util.List;

/** The built-in functions, indexed when a session first asks for one. */
final class BuiltIns {
    static final FunctionRegistry.Table TABLE = new FunctionRegistry.Table(BuiltinFunctions.all());

    private BuiltIns() {}

    static List<FunctionDefinition> like(boolean caseSensitive) {
        return BuiltinFunctions.like(caseSensitive);
    }
}
