package dev.verso.vm.function.json;

import dev.verso.vm.function.FunctionDefinition;
import dev.verso.vtab.VirtualModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The JSON functions and tables. */
public final class JsonFunctions {
    private JsonFunctions() {}

    /** A new list with every scalar and aggregate JSON function. */
    public static List<FunctionDefinition> all() {
        List<FunctionDefinition> list = new ArrayList<>();
        JsonFunction.addTo(list);
        JsonGroup.addTo(list);
        return list;
    }

    /** The tables {@code json_each} and its kin by name. */
    public static Map<String, VirtualModule> modules() {
        return Map.of(
                "json_each", new JsonRows(false, false),
                "json_tree", new JsonRows(true, false),
                "jsonb_each", new JsonRows(false, true),
                "jsonb_tree", new JsonRows(true, true));
    }
}
