package dev.verso.sql.code;

import java.util.ArrayList;
import java.util.List;

/** The tree of lines that EXPLAIN QUERY PLAN shows, in SQLite's words. Other statements have one that keeps nothing. */
public final class QueryPlanLog {
    /** One line. @param parent id of the line above it, or 0 */
    public record Line(int id, int parent, String detail) {}

    private final boolean wanted;
    private final List<Line> lines;
    private int nextId = 1;
    private int parent;

    /** @param wanted false if nobody will read it */
    public QueryPlanLog(boolean wanted) {
        this.wanted = wanted;
        lines = wanted ? new ArrayList<>() : List.of();
    }

    /** True if a line that costs something to make is worth making. */
    public boolean isWanted() {
        return wanted;
    }

    /** Adds a line under the current parent and returns its id. */
    public int add(String detail) {
        if (!wanted) {
            return 0;
        }
        int id = nextId++;
        lines.add(new Line(id, parent, detail));
        return id;
    }

    /** Gives a line other words. @param id as {@link #add} returned it */
    public void change(int id, String detail) {
        if (wanted) {
            lines.replaceAll(line -> line.id == id ? new Line(id, line.parent, detail) : line);
        }
    }

    /** Takes a line back. @param id as {@link #add} returned it */
    public void remove(int id) {
        if (wanted) {
            lines.removeIf(line -> line.id == id);
        }
    }

    /** Adds a line and makes it the parent of those that follow, until {@link #pop} with what this returns. */
    public int push(String detail) {
        int before = parent;
        parent = add(detail);
        return before;
    }

    public void pop(int parentBefore) {
        parent = parentBefore;
    }

    public List<Line> lines() {
        return lines;
    }
}
