package dev.verso.vm.function;

/** The functions of one connection: the built-in ones and the user's. */
public final class FunctionRegistry {
    public FunctionRegistry() {}

    /** The function for that many arguments, or null. Exact counts win over -1; names are case-insensitive. */
    public FunctionDefinition find(String name, int argumentCount) {
        throw new UnsupportedOperationException();
    }

    /** True if some function has that name, with whatever number of arguments (for the message {@code wrong number of arguments}). */
    public boolean hasName(String name) {
        throw new UnsupportedOperationException();
    }

    public void register(FunctionDefinition function) {
        throw new UnsupportedOperationException();
    }

    /** All functions, for {@code PRAGMA function_list}. */
    public java.util.List<FunctionDefinition> all() {
        throw new UnsupportedOperationException();
    }
}
