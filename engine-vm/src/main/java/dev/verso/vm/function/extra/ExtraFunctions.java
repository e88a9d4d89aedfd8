package dev.verso.vm.function.extra;

import dev.verso.vm.function.FunctionDefinition;
import java.util.ArrayList;
import java.util.List;

/** The list of the functions of this package. */
public final class ExtraFunctions {
    private ExtraFunctions() {}

    /** A new list with each of them. */
    public static List<FunctionDefinition> all() {
        List<FunctionDefinition> list = new ArrayList<>();
        ExtraText.addTo(list);
        ExtraNumber.addTo(list);
        Deviation.addTo(list);
        Frequency.addTo(list);
        Percentile.addTo(list);
        return list;
    }
}
