package dev.verso.compat.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/** Which transaction must have come before which other, and why. Nodes are numbers from 0. */
final class DependencyGraph {
    /** Why one comes before another. */
    enum Cause {
        /** The second wrote over what the first wrote. */
        WRITE_WRITE("ww"),
        /** The second read what the first wrote. */
        WRITE_READ("wr"),
        /** The first did not see what the second wrote. */
        READ_WRITE("rw"),
        /** Both are of one process. */
        PROCESS("process"),
        /** The first had ended before the second began. */
        TIME("time");

        private final String shortName;

        Cause(String shortName) {
            this.shortName = shortName;
        }
    }

    /** @param reason what proves it, for people */
    record Edge(int from, int to, Cause cause, String reason) {
        @Override
        public String toString() {
            return "T" + from + " -" + cause.shortName + "-> T" + to + ": " + reason;
        }
    }

    private final List<List<Edge>> edges = new ArrayList<>();

    DependencyGraph(int nodes) {
        for (int i = 0; i < nodes; i++) {
            edges.add(new ArrayList<>());
        }
    }

    void add(int from, int to, Cause cause, String reason) {
        if (from != to) {
            edges.get(from).add(new Edge(from, to, cause, reason));
        }
    }

    /** Sets of at least two nodes that all reach each other by edges of these causes. */
    List<Set<Integer>> components(Set<Cause> causes) {
        return new Components(causes).found;
    }

    /**
     * A shortest cycle among some nodes.
     *
     * @param first cause of its first edge
     * @param rest causes of the others
     * @return its edges, in order, or null
     */
    List<Edge> cycle(Set<Integer> nodes, Set<Cause> first, Set<Cause> rest) {
        List<Edge> best = null;
        for (int node : nodes) {
            for (Edge edge : edges.get(node)) {
                if (first.contains(edge.cause()) && nodes.contains(edge.to())) {
                    List<Edge> way = way(nodes, edge.to(), node, rest, EnumSet.noneOf(Cause.class), any -> false);
                    if (way != null && (best == null || way.size() + 1 < best.size())) {
                        best = new ArrayList<>(List.of(edge));
                        best.addAll(way);
                    }
                }
            }
        }
        return best;
    }

    /** A shortest cycle that has edges of one cause, but never two of it in a row, besides the others; or null. */
    List<Edge> cycleWithoutPairs(Set<Integer> nodes, Cause never, Set<Cause> others) {
        return cycleWithoutPairs(nodes, never, others, node -> false);
    }

    /** The same, but at some nodes two of them may meet. */
    List<Edge> cycleWithoutPairs(Set<Integer> nodes, Cause never, Set<Cause> others, IntPredicate mayMeet) {
        List<Edge> best = null;
        for (int node : nodes) {
            for (Edge edge : edges.get(node)) {
                if (edge.cause() == never && nodes.contains(edge.to())) {
                    List<Edge> way = way(nodes, edge.to(), node, others, EnumSet.of(never), mayMeet);
                    if (way != null && (best == null || way.size() + 1 < best.size())) {
                        best = new ArrayList<>(List.of(edge));
                        best.addAll(way);
                    }
                }
            }
        }
        return best;
    }

    /**
     * Breadth first, over pairs of a node and whether the edge to it was a lonely one.
     *
     * @param lonely causes that also count, but neither first, nor last, nor twice in a row
     * @param mayMeet where they count like others
     */
    private List<Edge> way(
            Set<Integer> nodes, int start, int goal, Set<Cause> causes, Set<Cause> lonely, IntPredicate mayMeet) {
        Edge[] reachedBy = new Edge[2 * edges.size()];
        boolean[] cameLonely = new boolean[2 * edges.size()];
        ArrayDeque<Integer> next = new ArrayDeque<>();
        next.add(2 * start + 1);
        boolean[] seen = new boolean[2 * edges.size()];
        seen[2 * start + 1] = true;
        while (!next.isEmpty()) {
            int place = next.remove();
            boolean afterLonely = place % 2 == 1 && !lonely.isEmpty() && !mayMeet.test(place / 2);
            for (Edge edge : edges.get(place / 2)) {
                boolean isLonely = lonely.contains(edge.cause());
                if (!nodes.contains(edge.to())
                        || isLonely && afterLonely
                        || !isLonely && !causes.contains(edge.cause())) {
                    continue;
                }
                int target = 2 * edge.to() + (isLonely ? 1 : 0);
                if (seen[target]) {
                    continue;
                }
                seen[target] = true;
                reachedBy[target] = edge;
                cameLonely[target] = place % 2 == 1;
                if (edge.to() == goal && (!isLonely || mayMeet.test(goal))) {
                    return back(reachedBy, cameLonely, 2 * start + 1, target);
                }
                next.add(target);
            }
        }
        return null;
    }

    private static List<Edge> back(Edge[] reachedBy, boolean[] cameLonely, int start, int end) {
        List<Edge> way = new ArrayList<>();
        for (int place = end; place != start; ) {
            Edge edge = reachedBy[place];
            way.add(0, edge);
            place = 2 * edge.from() + (cameLonely[place] ? 1 : 0);
        }
        return way;
    }

    /** Tarjan's algorithm, with a stack of its own instead of recursion. */
    private final class Components {
        private final List<Set<Integer>> found = new ArrayList<>();
        private final Set<Cause> causes;
        private final int[] order = new int[edges.size()];
        private final int[] low = new int[edges.size()];
        private final int[] nextEdge = new int[edges.size()];
        private final boolean[] isOpen = new boolean[edges.size()];
        private final ArrayDeque<Integer> open = new ArrayDeque<>();
        private int count;

        Components(Set<Cause> causes) {
            this.causes = causes;
            Arrays.fill(order, -1);
            for (int node = 0; node < edges.size(); node++) {
                if (order[node] < 0) {
                    visit(node);
                }
            }
        }

        private void visit(int root) {
            ArrayDeque<Integer> path = new ArrayDeque<>();
            enter(root, path);
            while (!path.isEmpty()) {
                int node = path.peek();
                if (nextEdge[node] < edges.get(node).size()) {
                    Edge edge = edges.get(node).get(nextEdge[node]++);
                    if (!causes.contains(edge.cause())) {
                        continue;
                    }
                    if (order[edge.to()] < 0) {
                        enter(edge.to(), path);
                    } else if (isOpen[edge.to()]) {
                        low[node] = Math.min(low[node], order[edge.to()]);
                    }
                } else {
                    path.pop();
                    if (!path.isEmpty()) {
                        low[path.peek()] = Math.min(low[path.peek()], low[node]);
                    }
                    if (low[node] == order[node]) {
                        leave(node);
                    }
                }
            }
        }

        private void enter(int node, ArrayDeque<Integer> path) {
            order[node] = count;
            low[node] = count++;
            open.push(node);
            isOpen[node] = true;
            path.push(node);
        }

        private void leave(int node) {
            Set<Integer> component = new LinkedHashSet<>();
            int member;
            do {
                member = open.pop();
                isOpen[member] = false;
                component.add(member);
            } while (member != node);
            if (component.size() > 1) {
                found.add(component);
            }
        }
    }
}
