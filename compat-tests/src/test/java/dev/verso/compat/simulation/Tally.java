package dev.verso.compat.simulation;

import java.util.Map;
import java.util.TreeMap;

/** How often what has happened: a simulation in which something never does proves nothing about it. */
final class Tally {
    private final TreeMap<String, Integer> counts = new TreeMap<>();

    void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    void add(Tally other) {
        other.counts.forEach((what, count) -> counts.merge(what, count, Integer::sum));
    }

    Map<String, Integer> counts() {
        return counts;
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
