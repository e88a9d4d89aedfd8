package dev.verso.compat.simulation;

import dev.verso.kv.AtomicOp;
import dev.verso.kv.KeyValue;
import dev.verso.kv.KvException;
import dev.verso.kv.KvFailure;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.Pending;
import dev.verso.kv.ReadMode;
import dev.verso.kv.Versionstamp;
import dev.verso.kv.Watch;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Supplier;

/**
 * A transaction whose requests travel. A read is carried out when it arrives at the store, at the latest before the next write of this
 * transaction, which it must not see; its answer takes its way back.
 */
final class SimulatedTransaction implements KvTransaction {
    private final Scheduler scheduler;
    private final SimulatedServer server;
    private final SimulatedProcess process;
    private final KvTransaction transaction;
    private final ArrayDeque<Request<?>> underWay = new ArrayDeque<>();
    private boolean writes;
    private boolean isSent;

    SimulatedTransaction(Scheduler scheduler, SimulatedServer server, SimulatedProcess process) {
        this.scheduler = scheduler;
        this.server = server;
        this.process = process;
        transaction = server.memory().begin();
    }

    /** A read on its way to the store. */
    private final class Request<T> {
        private final Supplier<Pending<T>> call;
        private final Answer<T> answer = new Answer<>(scheduler);
        private boolean isDone;

        private Request(Supplier<Pending<T>> call) {
            this.call = call;
        }

        private void carryOut() {
            if (isDone) {
                return;
            }
            isDone = true;
            underWay.remove(this);
            Pending<T> result;
            try {
                result = server.isReachable()
                        ? Pending.of(call.get().await())
                        : Pending.failed(SimulatedServer.unreachable());
            } catch (KvException e) {
                result = Pending.failed(e);
            }
            Pending<T> arriving = result;
            scheduler.after(
                    server.delayMicros(),
                    () -> answer.arrive(
                            server.isReachable() ? arriving : Pending.failed(SimulatedServer.unreachable())));
        }
    }

    private <T> Pending<T> send(Supplier<Pending<T>> call) {
        scheduler.requireRunning();
        if (server.isStale()) {
            return Pending.failed(new KvException(KvFailure.TOO_OLD, "a read that the store refused"));
        }
        Request<T> request = new Request<>(call);
        underWay.add(request);
        scheduler.after(server.delayMicros(), request::carryOut);
        return request.answer;
    }

    private void beforeWrite() {
        writes = true;
        carryOutReads();
    }

    /** All reads that were asked for so far. */
    private void carryOutReads() {
        while (!underWay.isEmpty()) {
            underWay.peek().carryOut();
        }
    }

    @Override
    public Pending<Long> readVersion() {
        return send(transaction::readVersion);
    }

    @Override
    public void readVersion(long version) {
        transaction.readVersion(version);
    }

    @Override
    public Pending<byte[]> get(byte[] key, ReadMode mode) {
        scheduler.trace().add(process.number(), key);
        return send(() -> {
            Pending<byte[]> value = transaction.get(key, mode);
            scheduler.trace().add('g', value.await());
            return value;
        });
    }

    @Override
    public Pending<List<KeyValue>> getRange(byte[] begin, byte[] end, int limit, boolean reverse, ReadMode mode) {
        scheduler.trace().add(process.number(), begin);
        return send(() -> {
            Pending<List<KeyValue>> pairs = transaction.getRange(begin, end, limit, reverse, mode);
            for (KeyValue pair : pairs.await()) {
                scheduler.trace().add('p', pair.key());
                scheduler.trace().add('v', pair.value());
            }
            return pairs;
        });
    }

    @Override
    public void addReadConflictRange(byte[] begin, byte[] end) {
        transaction.addReadConflictRange(begin, end);
    }

    @Override
    public void addWriteConflictRange(byte[] begin, byte[] end) {
        writes = true;
        transaction.addWriteConflictRange(begin, end);
    }

    @Override
    public void automaticWriteConflicts(boolean automatic) {
        transaction.automaticWriteConflicts(automatic);
    }

    @Override
    public void set(byte[] key, byte[] value) {
        beforeWrite();
        transaction.set(key, value);
    }

    @Override
    public void clear(byte[] key) {
        beforeWrite();
        transaction.clear(key);
    }

    @Override
    public void clearRange(byte[] begin, byte[] end) {
        beforeWrite();
        transaction.clearRange(begin, end);
    }

    @Override
    public void mutate(AtomicOp operation, byte[] key, byte[] operand) {
        beforeWrite();
        transaction.mutate(operation, key, operand);
    }

    @Override
    public void setVersionstampedKey(byte[] key, int stampOffset, byte[] value) {
        beforeWrite();
        transaction.setVersionstampedKey(key, stampOffset, value);
    }

    @Override
    public void setVersionstampedValue(byte[] key, byte[] value, int stampOffset) {
        beforeWrite();
        transaction.setVersionstampedValue(key, value, stampOffset);
    }

    @Override
    public Watch watch(byte[] key) {
        return new SimulatedWatch(scheduler, server, transaction.watch(key));
    }

    @Override
    public long approximateBytes() {
        return transaction.approximateBytes();
    }

    @Override
    public Pending<Versionstamp> commit() {
        scheduler.requireRunning();
        carryOutReads();
        // What it is checked against is known before it is sent.
        transaction.readVersion().await();
        isSent = true;
        Answer<Versionstamp> answer = new Answer<>(scheduler);
        server.commit(process, transaction, writes, answer);
        return answer;
    }

    @Override
    public void close() {
        // What was sent may arrive later, whatever the sender does.
        if (!isSent) {
            for (Request<?> each : underWay) {
                each.isDone = true;
            }
            underWay.clear();
            transaction.close();
        }
    }
}
