package dev.verso.compat.simulation;

import dev.verso.compat.simulation.Attempt.Outcome;
import dev.verso.compat.simulation.Attempt.Part;
import dev.verso.compat.simulation.NamespaceHistory.GoingBack;
import dev.verso.kv.KvFeature;
import dev.verso.kv.pages.NamespaceAddress;
import dev.verso.kv.pages.NamespaceStat;
import dev.verso.kv.pages.NamespaceVersion;
import dev.verso.kv.pages.Namespaces;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Looks at the store after each commit that it has applied, finds the versions that are new, and settles which transactions made them:
 * each must be one that somebody is committing, be there for the first time, and have seen what was there before. So the model knows the
 * contents of each version.
 */
final class Observer {
    private final Scheduler scheduler;
    private final Model model;
    private final Namespaces namespaces;
    private final Map<NamespaceHistory, Eye> eyes = new HashMap<>();
    private final double wholeRate;
    private final boolean sharesVersions;
    private int versionsSeen;

    /** @param wholeRate part of the versions of which all rows are compared at once */
    Observer(Scheduler scheduler, Model model, Namespaces namespaces, double wholeRate) {
        this.scheduler = scheduler;
        this.model = model;
        this.namespaces = namespaces;
        this.wholeRate = wholeRate;
        sharesVersions = namespaces.store().supports(KvFeature.SHARED_VERSIONS);
    }

    /** Sees the store itself, without a network. */
    Namespaces namespaces() {
        return namespaces;
    }

    int versionsSeen() {
        return versionsSeen;
    }

    Eye eye(NamespaceHistory namespace) {
        return eyes.get(namespace);
    }

    void look() {
        lookForBirths();
        Set<Attempt> seen = new LinkedHashSet<>();
        Set<NamespaceHistory> gone = new LinkedHashSet<>();
        for (NamespaceHistory each : List.copyOf(model.namespaces())) {
            if (!each.isDeleted()) {
                look(each, seen);
                if (each.isDeleted()) {
                    gone.add(each);
                }
            }
        }
        if (sharesVersions && !gone.isEmpty()) {
            lookForGone(gone, seen);
        }
        for (Attempt each : seen) {
            requireAtomic(each);
        }
    }

    private void lookForBirths() {
        for (String name : List.copyOf(model.births().keySet())) {
            if (namespaces.exists(name)) {
                String id = id(name);
                if (model.namespace(id) != null) {
                    continue; // another one has been given this name
                }
                Model.Birth birth = model.births().get(name);
                NamespaceHistory base = birth.base();
                NamespaceHistory born = new NamespaceHistory(name, id);
                if (birth.imported() == null) {
                    model.births().remove(name);
                } else {
                    born.importing(birth.imported());
                    born.deletionAsked(1); // a failed import takes it away
                }
                model.namespaces().add(born);
                eyes.put(born, new Eye(namespaces, name));
                scheduler.trace().say(scheduler.micros(), "observer", name + " is born");
                scheduler.tally().count(base == null ? "namespace made" : "fork");
                if (base != null) {
                    String from = namespaces.stat(name).base();
                    long version = from == null ? 0 : Long.parseLong(from.substring(from.indexOf('@') + 1));
                    long first = eye(born).newest(false);
                    if (first > 0) {
                        born.add(first, base.at(version), scheduler.micros());
                        compareWhole(born, first);
                    }
                }
            }
        }
    }

    private String id(String name) {
        return namespaces.locate(NamespaceAddress.parse(name)).identity();
    }

    /**
     * The version that deletes a database may hold transactions that came right before, and cannot be looked for there. What is in
     * another database is in these, too; what is in these alone is committed or not, as it will be told.
     */
    private void lookForGone(Set<NamespaceHistory> gone, Set<Attempt> seen) {
        for (Attempt each : model.attempts()) {
            if (!each.mayCommit()) {
                continue;
            }
            long version = -1;
            boolean isElsewhere = false;
            for (Part part : each.parts().values()) {
                if (!gone.contains(part.namespace()) && !part.draft().isUntouched()) {
                    isElsewhere = true;
                    version = Math.max(version, part.committedAt());
                }
            }
            for (Part part : each.parts().values()) {
                boolean isMissed = gone.contains(part.namespace()) && part.committedAt() < 0;
                if (isMissed && seen.contains(each)) {
                    part.committedAt(version);
                } else if (isMissed && !isElsewhere) {
                    part.mayBeGone();
                }
            }
        }
    }

    private void look(NamespaceHistory namespace, Set<Attempt> seen) {
        long newest = eye(namespace).newest(namespace.mayBeLocked());
        if (newest < 0) {
            require(namespace.mayBeDeleted(), namespace + " is gone, and nobody has deleted it");
            namespace.deleted();
            return;
        }
        require(newest >= namespace.newest(), namespace + " went from " + namespace.newest() + " to " + newest);
        if (newest > namespace.newest()) {
            takeAll(namespace, newest, seen);
        }
        if (namespace.mayBeLocked()) {
            NamespaceStat.Lock lock = namespaces.stat(currentName(namespace)).lock();
            namespace.frozen(lock == null ? newest : lock.frozen());
            namespace.lockSeen(lock == null ? "" : lock.owner() + " since " + lock.since());
        } else {
            namespace.lockSeen("");
        }
    }

    /** The versions after those that are known. One behind a lock is alone, or all that are new go for one. */
    private void takeAll(NamespaceHistory namespace, long newest, Set<Attempt> seen) {
        if (sharesVersions) {
            for (NamespaceVersion each : namespaces.versions(currentName(namespace), namespace.newest(), 1_000)) {
                if (each.version() < newest) {
                    eye(namespace).look(each.version());
                    take(namespace, each.version(), seen);
                }
            }
            eye(namespace).look(0);
        }
        take(namespace, newest, seen);
    }

    /** Its name of now, which may differ from what anybody has been told. */
    String currentName(NamespaceHistory namespace) {
        if (namespaces.exists(namespace.name()) && id(namespace.name()).equals(namespace.id())) {
            return namespace.name();
        }
        for (String name : namespaces.list()) {
            if (id(name).equals(namespace.id())) {
                return name;
            }
        }
        throw new AssertionError(namespace + " has no name");
    }

    private void take(NamespaceHistory namespace, long version, Set<Attempt> seen) {
        versionsSeen++;
        Eye eye = eye(namespace);
        String ledger = eye.isEmpty() ? "" : eye.ledger();
        Contents before = namespace.at(version);
        List<Attempt> members = newlySigned(before.ledger(), ledger, namespace);
        String who;
        if (namespace.isImporting() && eye.isEmpty()) {
            namespace.add(version, Contents.EMPTY, scheduler.micros());
            who = "an import that was given up";
        } else if (namespace.isImporting()) {
            namespace.add(version, namespace.imported(), scheduler.micros());
            requireNoParts(namespace, version);
            namespace.importing(null);
            namespace.deletionAsked(-1);
            model.births().remove(namespace.name());
            who = "an import";
            scheduler.tally().count("import seen");
            compare(namespace, version);
        } else if (members.isEmpty()) {
            GoingBack going = namespace.wentBack(version, ledger);
            require(going != null, namespace + "@" + version + " is nobody's; its ledger:\n" + ledger);
            namespace.add(version, namespace.at(namespace.targetOf(going)), scheduler.micros());
            who = going.why();
            scheduler.tally().count("went back by a " + who.substring(0, who.indexOf(' ')));
        } else {
            namespace.add(version, joined(namespace, version, before, members), scheduler.micros());
            seen.addAll(members);
            who = members.toString();
            if (members.size() > 1) {
                scheduler.tally().count("version of several transactions");
            }
        }
        scheduler.trace().say(scheduler.micros(), "observer", namespace + "@" + version + ": " + who);
        require(
                namespace.at(version).ledgerLines().equals(ledger),
                namespace + "@" + version + " by " + who + " has the ledger\n" + ledger + "and not\n"
                        + namespace.at(version).ledgerLines());
        if (scheduler.chance(wholeRate)) {
            compare(namespace, version);
            if (wholeRate == 1) {
                requireEqual(eye.integrity(), "ok\n", "trees of " + namespace + "@" + version);
            }
        }
    }

    /** What an import is made of is no version, also where somebody has leased it. */
    private void requireNoParts(NamespaceHistory namespace, long imported) {
        for (NamespaceVersion each : namespaces.versions(currentName(namespace), 0, 1_000)) {
            require(each.version() >= imported, namespace + "@" + each.version() + " is a part of an import");
        }
    }

    /** The transactions whose signatures are new; none if that version was made in another way. */
    private List<Attempt> newlySigned(TreeMap<Long, Long> before, String ledger, NamespaceHistory namespace) {
        List<Attempt> members = new ArrayList<>();
        for (String line : ledger.split("\n")) {
            int bar = line.indexOf('|');
            if (bar > 0) {
                long slot = Long.parseLong(line.substring(0, bar));
                long txn = Long.parseLong(line.substring(bar + 1));
                Long last = before.get(slot);
                if (last == null || txn != last) {
                    Attempt attempt = model.attempt(txn);
                    Part part = attempt.parts().get(namespace);
                    if (part == null || part.committedAt() >= 0 || last != null && txn < last) {
                        // It was there before, in this database or the one that this was forked from.
                        return List.of();
                    }
                    members.add(attempt);
                }
            }
        }
        return members;
    }

    /** What is there after transactions that commit as one version: none sees another's work, and none touches what another touches. */
    private Contents joined(NamespaceHistory namespace, long version, Contents before, List<Attempt> members) {
        Draft all = new Draft(before);
        for (Attempt each : members) {
            Part part = each.parts().get(namespace);
            require(
                    each.mayCommit(),
                    namespace + "@" + version + " is the work of " + each + ", which must not be there");
            require(
                    !namespace.isLost(each.lock()),
                    namespace + "@" + version + " is the work of " + each + " under the lock of " + each.lock()
                            + ", which was taken over");
            Draft draft = each.isSnapshotIsolated() ? part.draft() : part.replayed(before);
            require(
                    draft != null,
                    namespace + "@" + version + ": " + each + " saw version " + part.base()
                            + " and would have seen something else right before its commit");
            require(
                    !each.isSnapshotIsolated() || part.draft().isUnmetBetween(namespace.at(part.base()), before),
                    namespace + "@" + version + ": " + each + " overwrites what was committed since " + part.base());
            require(!all.meets(draft), namespace + "@" + version + ": two of " + members + " wrote the same row");
            all.follow(draft);
            part.committedAt(version);
        }
        Contents after = all.contents();
        require(
                after.orphan() == null,
                namespace + "@" + version + " by " + members + ": child " + after.orphan() + " refers to no parent");
        return after;
    }

    private void requireAtomic(Attempt attempt) {
        Part first = null;
        if (attempt.parts().size() > 1) {
            scheduler.tally().count("transaction over several namespaces");
        }
        if (attempt.isSnapshotIsolated()) {
            scheduler
                    .tally()
                    .count(
                            attempt.parts().size() > 1
                                    ? "snapshot isolation over several namespaces"
                                    : "snapshot isolation");
        }
        for (Part each : attempt.parts().values()) {
            if (!each.draft().isUntouched()) {
                first = first == null ? each : first;
                require(
                        each.committedAt() == first.committedAt(),
                        attempt + " is in " + first.namespace() + "@" + first.committedAt() + " and " + each.namespace()
                                + "@" + each.committedAt());
            }
        }
    }

    /** True if a version can be read: it is kept, and no lock hides it. */
    boolean isReadable(NamespaceHistory namespace, long version) {
        NamespaceStat stat = namespaces.stat(currentName(namespace));
        return version >= stat.oldest() && version <= stat.newest()
                || stat.pins().stream().anyMatch(pin -> pin.version() == version);
    }

    /** All rows of a version of the past against the model. */
    void compareWhole(NamespaceHistory namespace, long version) {
        eye(namespace).look(version);
        compare(namespace, version);
        eye(namespace).look(0);
    }

    /** All rows that are shown against the model. */
    void compare(NamespaceHistory namespace, long version) {
        Eye eye = eye(namespace);
        if (!eye.isEmpty()) {
            requireEqual(eye.items(), namespace.at(version).itemLines(), namespace + "@" + version);
            requireEqual(eye.ledger(), namespace.at(version).ledgerLines(), namespace + "@" + version);
            requireEqual(eye.others(), namespace.at(version).otherLines(), namespace + "@" + version);
        }
    }

    /** Each transaction that was told to have failed is not there, and each that was told to have committed is. */
    void requireTruth() {
        for (Attempt each : model.attempts()) {
            requireAtomic(each);
            for (Part part : each.parts().values()) {
                boolean isThere = part.committedAt() >= 0;
                require(
                        each.outcome() != Outcome.COMMITTED || part.mayBeCommitted(),
                        each + " is not in " + part.namespace());
                require(each.outcome() != Outcome.FAILED || !isThere, each + " is in " + part.namespace());
            }
        }
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    static void requireEqual(String found, String expected, String what) {
        if (!found.equals(expected)) {
            throw new AssertionError(
                    what + ": " + lacking(expected, found, "lacks ") + lacking(found, expected, "has "));
        }
    }

    /** The first lines of one text that another one lacks. */
    private static String lacking(String text, String other, String verb) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n")));
        lines.removeAll(List.of(other.split("\n")));
        return lines.isEmpty()
                ? ""
                : verb + lines.size() + " lines, " + lines.subList(0, Math.min(3, lines.size())) + " ";
    }
}
