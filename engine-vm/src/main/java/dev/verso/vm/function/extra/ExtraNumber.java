package dev.verso.vm.function.extra;

import dev.verso.vm.function.FunctionContext;
import dev.verso.vm.function.FunctionDefinition;
import dev.verso.vm.function.FunctionDefinition.Flag;
import dev.verso.vm.function.ScalarFunction;
import dev.verso.vm.value.StorageClass;
import dev.verso.vm.value.Value;
import java.util.List;
import java.util.Set;

/** Functions of numbers; NULL gives NULL. */
enum ExtraNumber implements ScalarFunction {
    ATN2,
    COT,
    COTH,
    SQUARE;

    static void addTo(List<FunctionDefinition> list) {
        Set<Flag> flags = Set.of(Flag.EXTENSION);
        list.add(new FunctionDefinition("atn2", 2, flags, ATN2, null));
        list.add(new FunctionDefinition("cot", 1, flags, COT, null));
        list.add(new FunctionDefinition("coth", 1, flags, COTH, null));
        list.add(new FunctionDefinition("square", 1, flags, SQUARE, null));
    }

    @Override
    public void call(FunctionContext context, Value[] args, int first, int count, Value result) {
        for (int i = 0; i < count; i++) {
            if (args[first + i].isNull()) {
                return;
            }
        }
        Value value = args[first];
        switch (this) {
            case ATN2 -> result.setReal(Math.atan2(value.asDouble(), args[first + 1].asDouble()));
            case COT -> result.setReal(1.0 / Math.tan(value.asDouble()));
            case COTH -> result.setReal(1.0 / Math.tanh(value.asDouble()));
            case SQUARE -> {
                if (value.storageClass() == StorageClass.INTEGER) {
                    result.setInteger(value.integer() * value.integer()); // overflow wraps
                } else {
                    result.setReal(value.asDouble() * value.asDouble());
                }
            }
        }
    }
}
