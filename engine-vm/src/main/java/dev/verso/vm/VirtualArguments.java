package dev.verso.vm;

import dev.verso.record.RecordView;
import dev.verso.vm.value.Value;
import dev.verso.vtab.FilterArguments;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The arguments of one search in a virtual table: registers, and ephemeral indexes with the values of INs. */
final class VirtualArguments implements FilterArguments {
    private Machine machine;
    private int first;
    private int count;
    private Cursor[] lists = new Cursor[0];

    /** {@code VInitIn}: the argument at that position is the content of an ephemeral index. */
    void list(int position, Cursor values) {
        if (lists.length <= position) {
            lists = java.util.Arrays.copyOf(lists, position + 1);
        }
        lists[position] = values;
    }

    VirtualArguments wrap(Machine m, int firstRegister, int argumentCount) {
        machine = m;
        first = firstRegister;
        count = argumentCount;
        return this;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public Value value(int position) {
        if (position < 0 || position >= count) {
            throw new IndexOutOfBoundsException("argument " + position + " of " + count);
        }
        return machine.registers[first + position];
    }

    @Override
    public Iterable<Value> values(int position) {
        if (position < 0 || position >= count || position >= lists.length || lists[position] == null) {
            throw new IllegalArgumentException("argument " + position + " is not a list");
        }
        Cursor values = lists[position];
        return () -> new Values(values, machine);
    }

    /** The entries of an ephemeral index, one after the other. */
    private static final class Values implements Iterator<Value> {
        private final Cursor cursor;
        private final Machine machine;
        private final Value value = new Value();
        private boolean hasNext;

        Values(Cursor cursor, Machine machine) {
            this.cursor = cursor;
            this.machine = machine;
            hasNext = cursor.tree.first();
        }

        @Override
        public boolean hasNext() {
            return hasNext;
        }

        @Override
        public Value next() {
            if (!hasNext) {
                throw new NoSuchElementException();
            }
            RecordView record = cursor.index.record();
            value.setColumn(record, 0, machine.encoding);
            value.own();
            hasNext = cursor.tree.next();
            return value;
        }
    }
}
