package dev.verso.vm;

import dev.verso.record.Collation;
import dev.verso.vm.function.FunctionDefinition;

/**
 * P4 of {@code Function}, {@code AggStep}, {@code AggInverse}, {@code AggValue} and {@code AggFinal}.
 *
 * @param collation for functions that compare, else null
 */
public record FunctionCall(FunctionDefinition function, int argumentCount, Collation collation) {}
