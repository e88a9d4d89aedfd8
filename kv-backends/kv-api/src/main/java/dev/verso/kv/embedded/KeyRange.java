package dev.verso.kv.embedded;

import dev.verso.kv.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The keys from {@code begin} to before {@code end}. */
public record KeyRange(byte[] begin, byte[] end) {
    /** The ranges in order, those that touch or overlap merged. */
    public static List<KeyRange> normalize(List<KeyRange> ranges) {
        if (ranges.size() < 2) {
            return List.copyOf(ranges);
        }
        List<KeyRange> sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.comparing(KeyRange::begin, Bytes::compare));
        List<KeyRange> merged = new ArrayList<>(sorted.size());
        byte[] begin = sorted.get(0).begin;
        byte[] end = sorted.get(0).end;
        for (KeyRange next : sorted) {
            if (Bytes.compare(next.begin, end) <= 0) {
                if (Bytes.compare(next.end, end) > 0) {
                    end = next.end;
                }
            } else {
                merged.add(new KeyRange(begin, end));
                begin = next.begin;
                end = next.end;
            }
        }
        merged.add(new KeyRange(begin, end));
        return merged;
    }

    /** True if a range of the one list overlaps one of the other; both normalized. */
    public static boolean overlap(List<KeyRange> a, List<KeyRange> b) {
        int i = 0;
        int j = 0;
        while (i < a.size() && j < b.size()) {
            KeyRange left = a.get(i);
            KeyRange right = b.get(j);
            if (Bytes.compare(left.end, right.begin) <= 0) {
                i++;
            } else if (Bytes.compare(right.end, left.begin) <= 0) {
                j++;
            } else {
                return true;
            }
        }
        return false;
    }
}
