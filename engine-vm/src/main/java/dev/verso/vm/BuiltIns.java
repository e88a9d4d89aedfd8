package dev.verso.vm;

import dev.verso.vm.function.FunctionRegistry;
import java.util.List;

/** The built-in functions, indexed when the first session is made. */
final class BuiltIns {
    static final FunctionRegistry.Table TABLE = new FunctionRegistry.Table(List.of());

    private BuiltIns() {}
}
