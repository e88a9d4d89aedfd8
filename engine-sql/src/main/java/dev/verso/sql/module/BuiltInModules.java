package dev.verso.sql.module;

import dev.verso.vm.function.json.JsonFunctions;

/** The modules that every connection has, those of the pragmas aside. */
public final class BuiltInModules {
    private BuiltInModules() {}

    public static void register(Modules modules) {
        modules.register("generate_series", new GenerateSeries());
        modules.register("completion", new Completion());
        JsonFunctions.modules().forEach(modules::register);
    }
}
