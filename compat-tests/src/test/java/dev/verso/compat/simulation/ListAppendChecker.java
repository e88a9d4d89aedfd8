package dev.verso.compat.simulation;

import dev.verso.compat.simulation.DependencyGraph.Cause;
import dev.verso.compat.simulation.DependencyGraph.Edge;
import dev.verso.compat.simulation.ListAppendHistory.Append;
import dev.verso.compat.simulation.ListAppendHistory.Operation;
import dev.verso.compat.simulation.ListAppendHistory.Outcome;
import dev.verso.compat.simulation.ListAppendHistory.Read;
import dev.verso.compat.simulation.ListAppendHistory.Transaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds out whether a history can be explained by transactions that ran one after the other, as Elle does (Kingsbury and Alvaro, 2020):
 * the longest read of a list is the order of its writers; what each read shows and lacks puts its reader between two of them; what ended
 * before another began comes before it. A cycle in that is what no serial order explains, and each cycle is of a kind that has a name.
 *
 * <p>A failed transaction takes part as one that only read: it too was shown one snapshot. So does one of unknown outcome that nobody has
 * seen a write of.
 */
final class ListAppendChecker {
    /** What was promised. */
    enum Isolation {
        /** One serial order, in which nobody comes before what had ended when it began. */
        SERIALIZABLE,
        /** The newest snapshot when it begins, and the first of two that write one row wins. */
        SNAPSHOT,
        /** One or the other for each transaction. */
        MIXED
    }

    private record Written(String list, long value) {}

    /** @param isLast whether its transaction appends no more to the list */
    private record Writer(Transaction transaction, boolean isLast) {}

    /** What a transaction saw in a list besides what itself has appended. */
    private record Seen(Transaction reader, String list, List<Long> values) {}

    private final List<Transaction> transactions;
    private final Map<Written, Writer> writers = new HashMap<>();
    private final Map<String, List<Written>> writtenTo = new HashMap<>();
    private final Map<String, List<Seen>> reads = new TreeMap<>();
    private final Map<String, List<Long>> orders = new TreeMap<>();
    private final Set<Written> observed = new HashSet<>();
    private final Set<Transaction> committed = new LinkedHashSet<>();
    private final List<Anomaly> anomalies = new ArrayList<>();
    private final DependencyGraph graph;
    private final Isolation isolation;

    private ListAppendChecker(List<Transaction> transactions, Isolation isolation) {
        this.transactions = transactions;
        this.isolation = isolation;
        graph = new DependencyGraph(transactions.size());
        findWriters();
        for (Transaction transaction : transactions) {
            findReads(transaction);
        }
        findOrders();
        findCommitted();
        reads.forEach(this::checkReads);
        for (String list : reads.keySet()) {
            addEdges(list);
        }
        checkLost();
        addTime();
        findCycles();
    }

    /** All that one serial order in real time does not explain. */
    static List<Anomaly> anomalies(ListAppendHistory history) {
        return new ListAppendChecker(history.transactions(), Isolation.SNAPSHOT).anomalies;
    }

    /** All that may not be under an isolation. */
    static List<Anomaly> violations(ListAppendHistory history, Isolation isolation) {
        List<Anomaly> found = new ListAppendChecker(history.transactions(), isolation).anomalies;
        found.removeIf(a -> a.kind().isAllowedBySnapshotIsolation());
        return found;
    }

    /**
     * True if the transaction reads at one moment and commits at a later one: all others have one place in the order of commits, those that
     * wrote nothing where they began. So each cycle of what may be leads through such a transaction by two reads that miss writes, its own and
     * the one before.
     */
    private boolean readsBeforeItCommits(int node) {
        Transaction transaction = transactions.get(node);
        boolean isPromised =
                isolation == Isolation.SNAPSHOT || isolation == Isolation.MIXED && transaction.isSnapshotIsolated();
        return isPromised && committed.contains(transaction);
    }

    private void report(Anomaly.Kind kind, String description) {
        anomalies.add(new Anomaly(kind, false, description));
    }

    private void findWriters() {
        for (Transaction transaction : transactions) {
            Map<String, Written> last = new HashMap<>();
            for (Operation operation : transaction.operations()) {
                if (operation instanceof Append append) {
                    Written written = new Written(append.list(), append.value());
                    if (writers.put(written, new Writer(transaction, true)) != null) {
                        throw new IllegalArgumentException(append.value() + " is appended twice to " + append.list());
                    }
                    writtenTo
                            .computeIfAbsent(append.list(), list -> new ArrayList<>())
                            .add(written);
                    Written before = last.put(append.list(), written);
                    if (before != null) {
                        writers.put(before, new Writer(transaction, false));
                    }
                }
            }
        }
    }

    /** Checks a transaction's reads against itself and keeps what it saw of others. */
    private void findReads(Transaction transaction) {
        Map<String, List<Long>> appended = new HashMap<>();
        Map<String, List<Long>> seen = new LinkedHashMap<>();
        for (Operation operation : transaction.operations()) {
            List<Long> own = appended.computeIfAbsent(operation.list(), list -> new ArrayList<>());
            if (operation instanceof Append append) {
                own.add(append.value());
            } else if (operation instanceof Read read) {
                List<Long> values = read.values();
                if (new HashSet<>(values).size() < values.size()) {
                    report(Anomaly.Kind.DUPLICATE, read + " in " + transaction);
                    continue;
                }
                int others = values.size() - own.size();
                if (others < 0
                        || !values.subList(others, values.size()).equals(own)
                        || isAnyOf(transaction, read.list(), values.subList(0, others))) {
                    report(Anomaly.Kind.INTERNAL, read + " does not end with its own " + own + " in " + transaction);
                    continue;
                }
                List<Long> before = seen.putIfAbsent(read.list(), values.subList(0, others));
                if (before != null && !before.equals(values.subList(0, others))) {
                    report(Anomaly.Kind.INTERNAL, read + " where it had seen " + before + " in " + transaction);
                }
            }
        }
        seen.forEach((list, values) ->
                reads.computeIfAbsent(list, l -> new ArrayList<>()).add(new Seen(transaction, list, values)));
    }

    private boolean isAnyOf(Transaction transaction, String list, List<Long> values) {
        for (long value : values) {
            Writer writer = writers.get(new Written(list, value));
            if (writer != null && writer.transaction() == transaction) {
                return true;
            }
        }
        return false;
    }

    private void findOrders() {
        reads.forEach((list, seen) -> {
            List<Long> longest = seen.stream()
                    .map(Seen::values)
                    .max(Comparator.comparingInt(List::size))
                    .orElseThrow();
            orders.put(list, longest);
            for (Seen each : seen) {
                for (long value : each.values()) {
                    observed.add(new Written(list, value));
                }
            }
        });
    }

    private void findCommitted() {
        writers.forEach((written, writer) -> {
            Transaction transaction = writer.transaction();
            if (transaction.outcome() == Outcome.OK
                    || transaction.outcome() == Outcome.UNKNOWN && observed.contains(written)) {
                committed.add(transaction);
            }
        });
    }

    private void checkReads(String list, List<Seen> seen) {
        List<Long> order = orders.get(list);
        Set<Long> told = new HashSet<>();
        for (Seen each : seen) {
            List<Long> values = each.values();
            if (!order.subList(0, values.size()).equals(values)) {
                report(
                        Anomaly.Kind.INCOMPATIBLE_ORDER,
                        list + " is " + values + " in " + each.reader() + ", elsewhere " + order);
            }
            for (long value : values) {
                Writer writer = writers.get(new Written(list, value));
                if (writer == null) {
                    if (told.add(value)) {
                        report(Anomaly.Kind.UNWRITTEN_READ, value + " in " + list + " in " + each.reader());
                    }
                } else if (writer.transaction().outcome() == Outcome.FAILED && told.add(value)) {
                    report(
                            Anomaly.Kind.ABORTED_READ,
                            value + " in " + list + " in " + each.reader() + " is of " + writer.transaction());
                }
            }
            Writer last = values.isEmpty() ? null : writers.get(new Written(list, values.get(values.size() - 1)));
            if (last != null && !last.isLast()) {
                report(
                        Anomaly.Kind.INTERMEDIATE_READ,
                        list + " is " + values + " in " + each.reader() + ", but goes on in " + last.transaction());
            }
        }
    }

    /** What was written and is in no read comes after all that is. */
    private List<Written> unplaced(String list) {
        List<Written> result = new ArrayList<>();
        Set<Long> placed = new HashSet<>(orders.get(list));
        for (Written written : writtenTo.getOrDefault(list, List.of())) {
            if (committed.contains(writers.get(written).transaction()) && !placed.contains(written.value())) {
                result.add(written);
            }
        }
        return result;
    }

    private void addEdges(String list) {
        List<Long> order = orders.get(list);
        List<Written> unplaced = unplaced(list);
        for (int i = 0; i < order.size(); i++) {
            Writer writer = writers.get(new Written(list, order.get(i)));
            if (writer == null) {
                continue;
            }
            String reason = list + ": " + order.get(i) + ", then ";
            if (i + 1 < order.size()) {
                add(writer, writers.get(new Written(list, order.get(i + 1))), reason + order.get(i + 1));
            } else {
                for (Written later : unplaced) {
                    add(writer, writers.get(later), reason + later.value());
                }
            }
        }
        for (Seen each : reads.get(list)) {
            int reader = each.reader().number();
            int seen = each.values().size();
            if (seen > 0) {
                Writer last = writers.get(new Written(list, each.values().get(seen - 1)));
                if (last != null) {
                    graph.add(
                            last.transaction().number(),
                            reader,
                            Cause.WRITE_READ,
                            list + ": " + each.values().get(seen - 1) + " was read");
                }
            }
            List<Written> missed = seen < order.size() ? List.of(new Written(list, order.get(seen))) : unplaced;
            for (Written next : missed) {
                Writer writer = writers.get(next);
                if (writer != null) {
                    graph.add(
                            reader,
                            writer.transaction().number(),
                            Cause.READ_WRITE,
                            list + ": " + next.value() + " was not seen");
                }
            }
        }
    }

    private void add(Writer first, Writer second, String reason) {
        if (second != null) {
            graph.add(first.transaction().number(), second.transaction().number(), Cause.WRITE_WRITE, reason);
        }
    }

    private void checkLost() {
        for (String list : reads.keySet()) {
            for (Written written : unplaced(list)) {
                Transaction writer = writers.get(written).transaction();
                for (Seen seen : reads.get(list)) {
                    if (writer.outcome() == Outcome.OK && seen.reader().began() > writer.ended()) {
                        report(
                                Anomaly.Kind.LOST_APPEND,
                                written.value() + " is not in " + list + " in " + seen.reader() + ", written by "
                                        + writer);
                        break;
                    }
                }
            }
        }
    }

    /** Edges from those that had ended to those that began then, but for what follows from other edges. */
    private void addTime() {
        TreeMap<Long, Transaction> moments = new TreeMap<>();
        Map<Integer, List<Transaction>> byProcess = new TreeMap<>();
        for (Transaction transaction : transactions) {
            if (transaction.isPast()) {
                continue;
            }
            moments.put(transaction.began(), transaction);
            moments.put(transaction.ended(), transaction);
            byProcess
                    .computeIfAbsent(transaction.process(), p -> new ArrayList<>())
                    .add(transaction);
        }
        List<Transaction> newest = new ArrayList<>();
        moments.forEach((moment, transaction) -> {
            if (moment == transaction.began()) {
                for (Transaction ended : newest) {
                    graph.add(
                            ended.number(),
                            transaction.number(),
                            Cause.TIME,
                            "ended at " + ended.ended() + ", began at " + transaction.began());
                }
            } else if (transaction.outcome() != Outcome.UNKNOWN) {
                newest.removeIf(ended -> ended.ended() < transaction.began());
                newest.add(transaction);
            }
        });
        for (List<Transaction> process : byProcess.values()) {
            process.sort(Comparator.comparingLong(Transaction::began));
            for (int i = 1; i < process.size(); i++) {
                if (process.get(i - 1).outcome() != Outcome.UNKNOWN) {
                    graph.add(
                            process.get(i - 1).number(),
                            process.get(i).number(),
                            Cause.PROCESS,
                            "one after the other in process " + process.get(i).process());
                }
            }
        }
    }

    private void findCycles() {
        Map<Integer, Anomaly.Kind> worst = new HashMap<>();
        findCycles(EnumSet.noneOf(Cause.class), worst);
        findCycles(EnumSet.of(Cause.PROCESS, Cause.TIME), worst);
    }

    private void findCycles(Set<Cause> orderCauses, Map<Integer, Anomaly.Kind> worst) {
        Set<Cause> all = EnumSet.of(Cause.WRITE_WRITE, Cause.WRITE_READ, Cause.READ_WRITE);
        all.addAll(orderCauses);
        for (Set<Integer> nodes : graph.components(all)) {
            EnumSet<Cause> causes = EnumSet.of(Cause.WRITE_WRITE);
            causes.addAll(orderCauses);
            Anomaly.Kind kind = Anomaly.Kind.G0;
            List<Edge> cycle = graph.cycle(nodes, EnumSet.of(Cause.WRITE_WRITE), causes);
            if (cycle == null) {
                kind = Anomaly.Kind.G1C;
                causes.add(Cause.WRITE_READ);
                cycle = graph.cycle(nodes, EnumSet.of(Cause.WRITE_READ), causes);
            }
            if (cycle == null) {
                kind = Anomaly.Kind.G_SINGLE;
                cycle = graph.cycle(nodes, EnumSet.of(Cause.READ_WRITE), causes);
            }
            if (cycle == null) {
                kind = Anomaly.Kind.G_NONADJACENT;
                cycle = graph.cycleWithoutPairs(nodes, Cause.READ_WRITE, causes);
            }
            if (cycle == null) {
                kind = Anomaly.Kind.G2_SERIALIZABLE;
                cycle = graph.cycleWithoutPairs(nodes, Cause.READ_WRITE, causes, node -> !readsBeforeItCommits(node));
            }
            if (cycle == null) {
                kind = Anomaly.Kind.G2_ITEM;
                causes.add(Cause.READ_WRITE);
                cycle = graph.cycle(nodes, EnumSet.of(Cause.READ_WRITE), causes);
            }
            Anomaly.Kind found = kind;
            if (nodes.stream()
                    .anyMatch(n -> worst.containsKey(n) && worst.get(n).compareTo(found) <= 0)) {
                continue; // the same without time
            }
            nodes.forEach(node -> worst.put(node, found));
            boolean overTime = cycle.stream().anyMatch(e -> orderCauses.contains(e.cause()));
            anomalies.add(new Anomaly(found, overTime, describe(overTime ? shortened(cycle) : cycle)));
        }
    }

    /** The graph has only those edges of time that others do not imply; to tell of a cycle, one is enough for a whole stretch. */
    private List<Edge> shortened(List<Edge> cycle) {
        List<Edge> result = new ArrayList<>(List.of(cycle.get(0)));
        for (int i = 1; i < cycle.size(); ) {
            Edge edge = cycle.get(i);
            int end = i;
            for (int j = i; j < cycle.size() && cycle.get(j).cause() != Cause.READ_WRITE; j++) {
                Transaction first = transactions.get(edge.from());
                Transaction last = transactions.get(cycle.get(j).to());
                if (first.outcome() != Outcome.UNKNOWN && first.ended() < last.began()) {
                    String reason = "ended at " + first.ended() + ", began at " + last.began();
                    edge = new Edge(edge.from(), last.number(), Cause.TIME, reason);
                    end = j;
                }
            }
            result.add(edge);
            i = end + 1;
        }
        return result;
    }

    private String describe(List<Edge> cycle) {
        StringBuilder text = new StringBuilder();
        for (Edge edge : cycle) {
            text.append("\n    ").append(transactions.get(edge.from()));
        }
        for (Edge edge : cycle) {
            text.append("\n    ").append(edge);
        }
        return text.toString();
    }
}
