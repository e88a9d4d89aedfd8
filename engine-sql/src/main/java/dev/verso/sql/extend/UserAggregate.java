package dev.verso.sql.extend;

import dev.verso.vm.value.Value;

/** The state of an aggregate SQL function for one group; each group has an object of its own. */
public interface UserAggregate {
    /** Takes in one row. */
    void step(Arguments arguments);

    /** The result for all rows taken in. @param result NULL on entry */
    void result(Value result);
}
