package dev.verso.vtab;

import dev.verso.vm.function.ScalarFunction;

/**
 * A function as a virtual table has it.
 *
 * @param function its body
 * @param constraint 0, or a number from {@link #FIRST_CONSTRAINT} to 255 under which a call in WHERE is offered to {@link VirtualTable#bestIndex} as
 *     a constraint: {@code f(column, value)} with operator FUNCTION
 */
public record FunctionOverload(ScalarFunction function, int constraint) {
    public static final int FIRST_CONSTRAINT = 150;
}
