package dev.verso.vm.function;

import dev.verso.record.AsciiCase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The functions of one connection: the built-in ones, indexed once for all connections, and the user's. */
public final class FunctionRegistry {
    /** Functions by name, shared: the built-in ones. Immutable. */
    public static final class Table {
        private final Map<String, FunctionDefinition[]> byName;

        public Table(List<FunctionDefinition> functions) {
            byName = new HashMap<>(functions.size() * 2);
            for (FunctionDefinition function : functions) {
                put(byName, function);
            }
        }
    }

    private final Table builtIn;
    private Map<String, FunctionDefinition[]> own = Map.of();

    public FunctionRegistry(Table builtIn) {
        this.builtIn = builtIn;
    }

    /** The function for that many arguments, or null. Exact counts win over -1; names are case-insensitive. */
    public FunctionDefinition find(String name, int argumentCount) {
        String key = AsciiCase.lower(name);
        FunctionDefinition mine = best(own.get(key), argumentCount);
        FunctionDefinition theirs = best(builtIn.byName.get(key), argumentCount);
        if (mine == null || theirs == null) {
            return mine == null ? theirs : mine;
        }
        return theirs.argumentCount() >= 0 && mine.argumentCount() < 0 ? theirs : mine;
    }

    private static FunctionDefinition best(FunctionDefinition[] candidates, int argumentCount) {
        FunctionDefinition found = null;
        if (candidates != null) {
            for (FunctionDefinition candidate : candidates) {
                if (candidate.argumentCount() == argumentCount) {
                    return candidate;
                }
                // -3 stands for at least one argument, -4 for at least two.
                if (candidate.argumentCount() < 0 && argumentCount >= -2 - candidate.argumentCount()) {
                    found = candidate;
                }
            }
        }
        return found;
    }

    /** True if some function has that name, with whatever number of arguments (for the message {@code wrong number of arguments}). */
    public boolean hasName(String name) {
        String key = AsciiCase.lower(name);
        return own.containsKey(key) || builtIn.byName.containsKey(key);
    }

    /** Adds a function, in place of one with the same name and number of arguments. */
    public void register(FunctionDefinition function) {
        if (own.isEmpty()) {
            own = new HashMap<>();
        }
        put(own, function);
    }

    /** Removes a function that was registered. */
    public void unregister(String name, int argumentCount) {
        String key = AsciiCase.lower(name);
        FunctionDefinition[] present = own.get(key);
        if (present == null) {
            return;
        }
        List<FunctionDefinition> rest = new ArrayList<>(List.of(present));
        rest.removeIf(function -> function.argumentCount() == argumentCount);
        if (rest.isEmpty()) {
            own.remove(key);
        } else {
            own.put(key, rest.toArray(FunctionDefinition[]::new));
        }
    }

    private static void put(Map<String, FunctionDefinition[]> map, FunctionDefinition function) {
        String key = AsciiCase.lower(function.name());
        FunctionDefinition[] present = map.get(key);
        if (present == null) {
            map.put(key, new FunctionDefinition[] {function});
            return;
        }
        for (int i = 0; i < present.length; i++) {
            if (present[i].argumentCount() == function.argumentCount()) {
                present[i] = function;
                return;
            }
        }
        FunctionDefinition[] more = java.util.Arrays.copyOf(present, present.length + 1);
        more[present.length] = function;
        map.put(key, more);
    }

    /** All functions, for {@code PRAGMA function_list}. */
    public List<FunctionDefinition> all() {
        List<FunctionDefinition> all = new ArrayList<>();
        builtIn.byName.values().forEach(functions -> all.addAll(List.of(functions)));
        own.values().forEach(functions -> all.addAll(List.of(functions)));
        return all;
    }
}
