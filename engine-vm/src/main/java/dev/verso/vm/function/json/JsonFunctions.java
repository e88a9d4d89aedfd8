package dev.verso.vm.function.json;

import dev.verso.vm.function.FunctionDefinition;
import java.util.ArrayList;
import java.util.List;

/** The list of all JSON functions. */
public final class JsonFunctions {
    private JsonFunctions() {}

    /** A new list with every scalar and aggregate JSON function. */
    public static List<FunctionDefinition> all() {
        List<FunctionDefinition> list = new ArrayList<>();
        JsonFunction.addTo(list);
        JsonGroup.addTo(list);
        return list;
    }
}
