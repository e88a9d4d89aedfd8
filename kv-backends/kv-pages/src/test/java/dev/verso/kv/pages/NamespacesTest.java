package dev.verso.kv.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.error.DatabaseException;
import dev.verso.error.ResultCode;
import dev.verso.kv.Bytes;
import dev.verso.kv.KeyValue;
import dev.verso.kv.KvTransaction;
import dev.verso.kv.ReadMode;
import dev.verso.kv.contract.FaultyKvStore.CommitFault;
import dev.verso.pager.BusyHandler;
import dev.verso.pager.PageStore;
import dev.verso.pager.StoreSession;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NamespacesTest extends OnTestStore {

    private long numberOf(NamespaceAddress address, int page) {
        try (PageStore store = namespaces.open(address, true);
                Pages reader = new Pages(store)) {
            long number = reader.begin().read(page);
            reader.end();
            return number;
        }
    }

    // ---- the directory

    @Test
    void namespacesAreMadeListedRenamedAndDeleted() {
        assertThat(namespaces.list()).isEmpty();
        namespaces.create("b");
        namespaces.create("a");
        namespaces.create("ä");
        assertThat(namespaces.list()).containsExactly("a", "b", "ä");
        put("b", 1, 7);
        namespaces.rename("b", "c");
        assertThat(namespaces.list()).containsExactly("a", "c", "ä");
        assertThat(numberOf(NamespaceAddress.parse("c"), 1)).isEqualTo(7);
        namespaces.delete("c");
        assertThat(namespaces.list()).containsExactly("a", "ä");
        assertThat(namespaces.exists("c")).isFalse();
        assertThat(namespaces.exists("a")).isTrue();
    }

    @Test
    void namesThatAreTakenOrMissingAreErrors() {
        namespaces.create("a");
        namespaces.create("b");
        assertThat(namespaces.createIfAbsent("a")).isFalse();
        assertFails(ResultCode.CANTOPEN, "a exists already", () -> namespaces.create("a"));
        assertFails(ResultCode.CANTOPEN, "b exists already", () -> namespaces.rename("a", "b"));
        assertFails(ResultCode.CANTOPEN, "no namespace x", () -> namespaces.rename("x", "y"));
        assertFails(ResultCode.CANTOPEN, "no namespace x", () -> namespaces.delete("x"));
        assertFails(ResultCode.CANTOPEN, "no namespace x in " + plain.name(), () -> namespaces.open("x"));
        assertFails(ResultCode.CANTOPEN, "no namespace x", () -> namespaces.versions("x", 0, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "a@b", "a\nb"})
    void namesThatCanBeNoneAreErrors(String name) {
        assertFails(ResultCode.CANTOPEN, "can't be the name of a namespace", () -> namespaces.create(name));
        assertThatThrownBy(() -> namespaces.create("x".repeat(201))).isInstanceOf(DatabaseException.class);
    }

    @Test
    void aNewNamespaceOfAnOldNameIsEmpty() {
        namespaces.create("a");
        put("a", 1, 7);
        namespaces.delete("a");
        namespaces.create("a");
        assertThat(namespaces.newestVersion("a")).isZero();
        try (PageStore store = namespaces.open("a");
                Pages reader = new Pages(store)) {
            assertThat(reader.begin().pageCount()).isZero();
            reader.end();
        }
    }

    @Test
    void deletingRemovesEveryKey() {
        namespaces.create("a");
        namespaces.create("b");
        for (int i = 1; i <= 1_200; i++) {
            put("a", 1, i);
        }
        namespaces.delete("a");
        namespaces.delete("b");
        try (KvTransaction reader = plain.begin()) {
            List<KeyValue> left = reader.getRange(new byte[0], new byte[] {(byte) 0xff}, 0, false, ReadMode.SNAPSHOT)
                    .await();
            assertThat(left).as(() -> Bytes.printable(left.get(0).key())).isEmpty();
        }
    }

    @Test
    void connectionsThatHaveItOpenGoOnAfterARename() {
        namespaces.create("a");
        put("a", 1, 1);
        try (PageStore store = namespaces.open("a");
                Pages transaction = new Pages(store)) {
            transaction.begin().write(2, 2);
            namespaces.rename("a", "b");
            transaction.commit();
            assertThat(transaction.begin().read(2)).isEqualTo(2);
            transaction.end();
        }
        assertThat(numberOf(NamespaceAddress.parse("b"), 2)).isEqualTo(2);
    }

    @Test
    void connectionsThatHaveItOpenFailAfterADelete() {
        namespaces.create("a");
        put("a", 1, 1);
        try (PageStore store = namespaces.open("a");
                Pages transaction = new Pages(store)) {
            transaction.begin().write(2, 2);
            namespaces.delete("a");
            assertFails(ResultCode.CANTOPEN, "has been deleted", transaction::commit);
            assertFails(ResultCode.CANTOPEN, "has been deleted", transaction::begin);
        }
        assertThat(namespaces.list()).isEmpty();
    }

    @Test
    void aSnapshotOfADeletedNamespaceFailsWhenTheStoreHasForgottenIt() {
        namespaces.create("a");
        put("a", 1, 1);
        try (PageStore store = namespaces.open("a");
                Pages transaction = new Pages(store)) {
            transaction.begin();
            namespaces.delete("a");
            assertThat(transaction.read(1)).isEqualTo(1);
            clock.advanceMillis(60_000);
            assertFails(ResultCode.CANTOPEN, "has been deleted", () -> transaction.read(1));
            transaction.end();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = CommitFault.class,
            names = {"CONFLICT", "TOO_OLD", "UNKNOWN_LOST", "UNKNOWN_APPLIED", "UNKNOWN_LATE"})
    void everyChangeIsMadeOnceWhateverHappensToItsAnswer(CommitFault fault) {
        faulty.onNextCommits(fault, fault);
        namespaces.create("a");
        put("a", 1, 5);
        faulty.onNextCommits(fault, fault);
        namespaces.rename("a", "b");
        assertThat(namespaces.list()).containsExactly("b");
        assertThat(numberOf(NamespaceAddress.parse("b"), 1)).isEqualTo(5);
        faulty.onNextCommits(fault, fault);
        namespaces.delete("b");
        assertThat(namespaces.list()).isEmpty();
        assertThat(faulty.faults()).isGreaterThanOrEqualTo(3);
    }

    // ---- versions

    @Test
    void pastVersionsAndTimesAreOpenedAsTheyWere() {
        namespaces.create("a");
        long first = put("a", 1, 10);
        Instant afterFirst = now();
        clock.advanceMillis(60_000);
        long second = put("a", 2, 20);
        clock.advanceMillis(60_000);
        long third = put("a", 1, 11);
        assertThat(namespaces.versions("a", 0, 100))
                .extracting(NamespaceVersion::version)
                .containsExactly(first, second, third);
        assertThat(namespaces.versions("a", first, 1))
                .extracting(NamespaceVersion::version)
                .containsExactly(second);
        assertThat(namespaces.newestVersion("a")).isEqualTo(third);
        assertThat(numberOf(NamespaceAddress.parse("a"), 1)).isEqualTo(11);
        assertThat(numberOf(NamespaceAddress.parse("a@" + first), 1)).isEqualTo(10);
        assertThat(numberOf(NamespaceAddress.parse("a@" + second), 2)).isEqualTo(20);
        assertThat(numberOf(NamespaceAddress.parse("a@" + afterFirst), 1)).isEqualTo(10);
        assertThat(namespaces.versionAt("a", afterFirst)).isEqualTo(first);
        assertThat(namespaces.versionAt("a", now())).isEqualTo(third);
        List<NamespaceVersion> versions = namespaces.versions("a", 0, 100);
        for (NamespaceVersion each : versions) {
            assertThat(namespaces.versionAt("a", each.time())).isEqualTo(each.version());
        }
        assertThat(namespaces.versionAt("a", versions.get(1).time().minusNanos(1_000)))
                .isEqualTo(first);
        try (PageStore past = namespaces.open(NamespaceAddress.parse("a@" + first), false);
                Pages reader = new Pages(past)) {
            assertThat(reader.begin().pageCount()).isEqualTo(1);
            reader.end();
        }
    }

    @Test
    void versionsThatAreNoneAreErrors() {
        namespaces.create("a");
        assertFails(ResultCode.CANTOPEN, "it is empty", () -> namespaces.open(NamespaceAddress.parse("a@1"), true));
        long version = put("a", 1, 10);
        assertFails(
                ResultCode.CANTOPEN,
                "has no version " + (version + 1),
                () -> namespaces.open(NamespaceAddress.parse("a@" + (version + 1)), true));
        assertFails(
                ResultCode.CANTOPEN, "has no version 0", () -> namespaces.open(NamespaceAddress.parse("a@0"), true));
        assertFails(
                ResultCode.CANTOPEN,
                "had no version at 2000-01-01T00:00:00Z",
                () -> namespaces.open(NamespaceAddress.parse("a@2000-01-01"), true));
        assertFails(
                ResultCode.CANTOPEN, "neither a version nor a timestamp", () -> NamespaceAddress.parse("a@yesterday"));
        assertFails(ResultCode.CANTOPEN, "neither a version nor a timestamp", () -> NamespaceAddress.parse("a@"));
        assertFails(
                ResultCode.CANTOPEN,
                "neither a version nor a timestamp",
                () -> NamespaceAddress.parse("a@99999999999999999999"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-31T12:00:00Z",
                "2026-01-31T12:00:00",
                "2026-01-31 12:00:00",
                "2026-01-31T14:00:00+02:00",
                "2026-01-31T12:00",
                "2026-01-31T10:00:00.000-02:00"
            })
    void timestampsAreReadInTheirZone(String text) {
        assertThat(NamespaceAddress.parse("a@" + text).time()).isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
    }

    @Test
    void aPastVersionCanNotBeWritten() {
        namespaces.create("a");
        long version = put("a", 1, 10);
        try (PageStore past = namespaces.open(NamespaceAddress.parse("a@" + version), false);
                StoreSession session = past.newSession()) {
            assertThat(past.isReadOnly()).isTrue();
            session.beginSnapshot(BusyHandler.NONE);
            assertFails(
                    ResultCode.READONLY,
                    "attempt to write a readonly database: " + plain.name() + "/a@" + version,
                    () -> session.beginWrite(false, BusyHandler.NONE));
            session.endSnapshot();
        }
    }

    @Test
    void aSnapshotOutlivesTheStoresWindowByFar() {
        namespaces.create("a");
        put("a", 1, 10);
        put("a", 2, 20);
        try (PageStore store = namespaces.open("a");
                Pages reader = new Pages(store)) {
            reader.begin();
            for (int i = 0; i < 10; i++) {
                put("a", 2, 21 + i);
                clock.advanceMillis(3_600_000);
                assertThat(reader.read(2)).isEqualTo(20);
            }
            reader.end();
            assertThat(reader.begin().read(2)).isEqualTo(30);
            reader.end();
        }
    }

    @Test
    void otherCommitsCountUpTheDataVersion() {
        namespaces.create("a");
        put("a", 1, 10);
        try (PageStore store = namespaces.open("a");
                Pages mine = new Pages(store)) {
            mine.begin().end();
            long before = mine.session().dataVersion();
            mine.begin().write(2, 1).commit();
            mine.begin().end();
            assertThat(mine.session().dataVersion()).isEqualTo(before);
            put("a", 2, 2);
            mine.begin().end();
            assertThat(mine.session().dataVersion()).isGreaterThan(before);
        }
    }

    @Test
    void timesFarAwayAreTimesToo() {
        namespaces.create("a");
        long version;
        try (PageStore store = namespaces.open("a")) {
            version = Pages.put(store, Map.of(1, 1L));
        }
        assertThat(namespaces.versionAt("a", Instant.MAX)).isEqualTo(version);
        assertThat(namespaces.versionAt("a", Instant.parse("2999-01-01T00:00:00Z")))
                .isEqualTo(version);
        for (Instant before : List.of(Instant.MIN, Instant.parse("1969-12-31T23:59:59.5Z"), Instant.EPOCH)) {
            assertThatThrownBy(() -> namespaces.versionAt("a", before)).hasMessageContaining("had no version at");
        }
    }
}
