/** SQL functions: how one is defined, looked up and called, and the built-in ones. Begin with {@link dev.verso.vm.function.FunctionDefinition}. */
package dev.verso.vm.function;
