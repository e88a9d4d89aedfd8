package dev.verso.vm;

import dev.verso.vm.function.FunctionDefinition;
import dev.verso.vm.function.FunctionRegistry;
import dev.verso.vm.function.builtin.BuiltinFunctions;
import dev.verso.vm.function.extra.ExtraFunctions;
import dev.verso.vm.function.json.JsonFunctions;
import java.util.List;

/** The built-in functions, indexed when a session first asks for one. */
final class BuiltIns {
    static final FunctionRegistry.Table TABLE = new FunctionRegistry.Table(all());

    private BuiltIns() {}

    private static List<FunctionDefinition> all() {
        List<FunctionDefinition> functions = BuiltinFunctions.all();
        functions.addAll(JsonFunctions.all());
        functions.addAll(ExtraFunctions.all());
        return functions;
    }

    static List<FunctionDefinition> like(boolean caseSensitive) {
        return BuiltinFunctions.like(caseSensitive);
    }
}
