package dev.verso.kv.contract;

import dev.verso.kv.AtomicOp;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.Watch;

/** A transaction over another one: what a double changes stays abstract, the rest is passed on. */
abstract class ForwardingTransaction implements KvTransaction {
    final KvTransaction transaction;

    ForwardingTransaction(KvTransaction transaction) {
        this.transaction = transaction;
    }

    @Override
    public void readVersion(long version) {
        transaction.readVersion(version);
    }

    @Override
    public void addReadConflictRange(byte[] begin, byte[] end) {
        transaction.addReadConflictRange(begin, end);
    }

    @Override
    public void addWriteConflictRange(byte[] begin, byte[] end) {
        transaction.addWriteConflictRange(begin, end);
    }

    @Override
    public void automaticWriteConflicts(boolean automatic) {
        transaction.automaticWriteConflicts(automatic);
    }

    @Override
    public void set(byte[] key, byte[] value) {
        transaction.set(key, value);
    }

    @Override
    public void clear(byte[] key) {
        transaction.clear(key);
    }

    @Override
    public void clearRange(byte[] begin, byte[] end) {
        transaction.clearRange(begin, end);
    }

    @Override
    public void mutate(AtomicOp operation, byte[] key, byte[] operand) {
        transaction.mutate(operation, key, operand);
    }

    @Override
    public void setVersionstampedKey(byte[] key, int stampOffset, byte[] value) {
        transaction.setVersionstampedKey(key, stampOffset, value);
    }

    @Override
    public void setVersionstampedValue(byte[] key, byte[] value, int stampOffset) {
        transaction.setVersionstampedValue(key, value, stampOffset);
    }

    @Override
    public Watch watch(byte[] key) {
        return transaction.watch(key);
    }

    @Override
    public long approximateBytes() {
        return transaction.approximateBytes();
    }

    @Override
    public void close() {
        transaction.close();
    }
}
