package dev.verso.sql.module;

/** The modules that every connection has, those of the pragmas aside. */
public final class BuiltInModules {
    private BuiltInModules() {}

    public static void register(Modules modules) {
        modules.register("generate_series", new GenerateSeries());
    }
}
