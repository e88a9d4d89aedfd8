package dev.verso.vm;

import dev.verso.record.Collation;
import dev.verso.record.TextEncoding;
import dev.verso.vm.function.ConnectionState;
import dev.verso.vm.function.FunctionContext;

/** One function call in one frame: what its function may ask, and what it keeps. */
final class CallSite implements FunctionContext {
    private final Machine machine;
    private final Collation collation;
    private Object data;

    CallSite(Machine machine, Collation collation) {
        this.machine = machine;
        this.collation = collation;
    }

    void forget() {
        data = null;
    }

    @Override
    public TextEncoding encoding() {
        return machine.encoding;
    }

    @Override
    public Collation collation() {
        return collation;
    }

    @Override
    public ConnectionState session() {
        return machine.session;
    }

    @Override
    public long statementTimeMillis() {
        return machine.statementTimeMillis();
    }

    @Override
    public Object callSiteData() {
        return data;
    }

    @Override
    public void callSiteData(Object newData) {
        data = newData;
    }
}
