package dev.verso.sql.plan;

import java.util.ArrayList;
import java.util.List;

/** The candidates of all sources, without those that another one beats in every respect. */
final class CandidateList {
    final List<LoopCandidate> all = new ArrayList<>();

    /** Adds a copy of the template unless a known candidate is as good; drops known ones that it beats. */
    void add(LoopCandidate template) {
        adjustCost(template);
        int place = findLesser(0, template);
        if (place == DISCARD) {
            return;
        }
        LoopCandidate candidate = template.copy();
        if (place == all.size()) {
            all.add(candidate);
            return;
        }
        all.set(place, candidate);
        int next = place + 1;
        while (true) {
            next = findLesser(next, template);
            if (next == DISCARD || next == all.size()) {
                return;
            }
            all.remove(next);
        }
    }

    private static final int DISCARD = -1;

    /** First place from {@code from} on whose candidate the template may replace; the end if there is none; DISCARD if one is better. */
    private int findLesser(int from, LoopCandidate template) {
        for (int i = from; i < all.size(); i++) {
            LoopCandidate known = all.get(i);
            if (known.source != template.source || known.sortIndex != template.sortIndex) {
                continue;
            }
            if (known.is(LoopCandidate.AUTO_INDEX)
                    && template.skippedColumns == 0
                    && template.is(LoopCandidate.INDEXED)
                    && template.is(LoopCandidate.COLUMN_EQUAL)
                    && (known.prerequisites & template.prerequisites) == template.prerequisites) {
                return i;
            }
            if ((known.prerequisites & template.prerequisites) == known.prerequisites
                    && known.setupCost <= template.setupCost
                    && known.runCost <= template.runCost
                    && known.rowsOut <= template.rowsOut) {
                return DISCARD;
            }
            if ((known.prerequisites & template.prerequisites) == template.prerequisites
                    && known.runCost >= template.runCost
                    && known.rowsOut >= template.rowsOut) {
                return i;
            }
        }
        return all.size();
    }

    /** Sees to it that using more terms of WHERE never looks more costly than using fewer of them. */
    private void adjustCost(LoopCandidate template) {
        if (!template.is(LoopCandidate.INDEXED)) {
            return;
        }
        for (LoopCandidate known : all) {
            if (known.source != template.source || !known.is(LoopCandidate.INDEXED)) {
                continue;
            }
            if (isCheaperProperSubset(known, template)) {
                template.runCost = Math.min(known.runCost, template.runCost);
                template.rowsOut = Math.min(known.rowsOut - 1, template.rowsOut);
            } else if (isCheaperProperSubset(template, known)) {
                template.runCost = Math.max(known.runCost, template.runCost);
                template.rowsOut = Math.max(known.rowsOut + 1, template.rowsOut);
            }
        }
    }

    private static boolean isCheaperProperSubset(LoopCandidate x, LoopCandidate y) {
        if (x.runCost > y.runCost && x.rowsOut > y.rowsOut) {
            return false;
        }
        if (x.equalColumns < y.equalColumns && x.shape == y.shape && x.skippedColumns == 0 && y.skippedColumns == 0) {
            return true;
        }
        if (x.terms.size() - x.skippedColumns >= y.terms.size() - y.skippedColumns
                || y.skippedColumns > x.skippedColumns) {
            return false;
        }
        for (Term term : x.terms) {
            if (term != null && !y.terms.contains(term)) {
                return false;
            }
        }
        return !x.is(LoopCandidate.INDEX_ONLY) || y.is(LoopCandidate.INDEX_ONLY);
    }
}
