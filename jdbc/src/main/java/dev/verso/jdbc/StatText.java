package dev.verso.jdbc;

import dev.verso.kv.pages.CollectionReport;
import dev.verso.kv.pages.CollectionSchedule;
import dev.verso.kv.pages.NamespaceStat;
import dev.verso.kv.pages.Retention;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What is known about a namespace, for readers. */
final class StatText {
    private StatText() {}

    static Map<String, String> of(NamespaceStat stat) {
        Map<String, String> text = new LinkedHashMap<>();
        text.put("name", stat.name());
        text.put("id", stat.id());
        text.put("created", stat.created().toString());
        text.put(
                "newest version",
                stat.newest() == 0
                        ? "none"
                        : stat.newest() + (stat.newestTime() == null ? "" : " of " + stat.newestTime()));
        text.put("oldest version kept", stat.oldest() == 0 ? "all are" : Long.toString(stat.oldest()));
        text.put("pages", Integer.toString(stat.pageCount()));
        text.put("page size", Integer.toString(stat.pageSizeBytes()));
        text.put("compression", stat.compressed() ? "on" : "off");
        text.put("retention", retention(stat.retention()));
        schedule(stat.schedule(), text);
        if (stat.base() != null) {
            text.put("forked from", stat.base());
        }
        if (stat.rollbacks() > 0) {
            text.put("rollbacks", Integer.toString(stat.rollbacks()));
        }
        if (stat.lock() != null) {
            text.put(
                    "locked",
                    "by '" + stat.lock().owner() + "' since " + stat.lock().since() + " at version "
                            + stat.lock().frozen() + ", until " + stat.lock().until());
        }
        if (!stat.pins().isEmpty()) {
            text.put(
                    "pins",
                    stat.pins().stream()
                            .map(pin -> pin.version() + (pin.label().isEmpty() ? "" : " (" + pin.label() + ")"))
                            .collect(Collectors.joining(", ")));
        }
        if (!stat.forks().isEmpty()) {
            text.put(
                    "forks",
                    stat.forks().stream()
                            .map(fork -> fork.name() + " (at " + fork.version() + ")")
                            .collect(Collectors.joining(", ")));
        }
        if (!stat.leases().isEmpty()) {
            text.put(
                    "being read",
                    stat.leases().stream().distinct().map(String::valueOf).collect(Collectors.joining(", ")));
        }
        return text;
    }

    private static void schedule(CollectionSchedule schedule, Map<String, String> text) {
        if (schedule == null) {
            text.put("collection", "when told to");
            return;
        }
        text.put(
                "collection",
                "every " + schedule.interval().toString().substring(2).toLowerCase(Locale.ROOT)
                        + (schedule.runningUntil() == null
                                ? ", next from " + schedule.due()
                                : ", running since " + schedule.began()));
        CollectionReport last = schedule.last();
        if (last != null) {
            text.put(
                    "last collected",
                    last.versions() + " versions, " + last.entries() + " page images (" + last.bytes() + " bytes), "
                            + last.stagings() + " abandoned transactions");
        }
        if (schedule.ended() != null) {
            text.put("last collection", schedule.ended().toString());
        }
        if (schedule.error() != null) {
            text.put("collection failed", schedule.error());
        }
    }

    private static String retention(Retention retention) {
        if (retention.keepFor() == null && retention.keepVersions() == 0) {
            return "everything";
        }
        String age = retention.keepFor() == null ? "" : retention.keepFor().toSeconds() + " seconds";
        String count = retention.keepVersions() == 0 ? "" : retention.keepVersions() + " versions";
        return age.isEmpty() ? count : count.isEmpty() ? age : age + " and " + count;
    }
}
