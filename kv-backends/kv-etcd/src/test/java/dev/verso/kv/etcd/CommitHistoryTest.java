package dev.verso.kv.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.verso.kv.KvException;
import dev.verso.kv.contract.SimulatedClock;
import dev.verso.kv.embedded.KeyRange;
import dev.verso.kv.etcd.CommitHistory.Verdict;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.ResponseHeader;
import io.etcd.jetcd.api.ResponseOp;
import io.etcd.jetcd.api.TxnResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CommitHistoryTest {
    private static final long REVISIONS_PER_VERSION = 10;

    private final StoreKeys keys = new StoreKeys("p");
    private final SimulatedClock clock = new SimulatedClock();
    private final CommitHistory history = new CommitHistory(keys, clock, 1_000);

    private static List<KeyRange> key(int name) {
        return List.of(new KeyRange(new byte[] {(byte) name}, new byte[] {(byte) name, 0}));
    }

    /** What etcd answers that is at a version: records {@code first} to {@code last}, each of which wrote the key of its number. */
    private TxnResponse answer(long newest, long first, long last) {
        RangeResponse.Builder records = RangeResponse.newBuilder();
        for (long version = first; version <= last; version++) {
            records.addKvs(KeyValue.newBuilder()
                    .setKey(keys.record(version))
                    .setModRevision(version * REVISIONS_PER_VERSION)
                    .setValue(new CommitRecord(1, 1, key((int) version)).encode()));
        }
        RangeResponse.Builder sequence = RangeResponse.newBuilder();
        if (newest > 0) {
            sequence.addKvs(KeyValue.newBuilder().setValue(StoreKeys.version(newest)));
        }
        return TxnResponse.newBuilder()
                .setHeader(ResponseHeader.newBuilder().setRevision(newest * REVISIONS_PER_VERSION + 3))
                .addResponses(ResponseOp.newBuilder().setResponseRange(sequence))
                .addResponses(ResponseOp.newBuilder().setResponseRange(records))
                .build();
    }

    @Test
    void whatOthersWroteIsCheckedFromTheVersionReadAt() {
        assertThat(history.learn(answer(0, 1, 0))).isZero();
        history.learn(answer(3, 1, 3));
        assertThat(history.known()).isEqualTo(3);
        assertThat(history.check(1, key(2))).isEqualTo(Verdict.CONFLICT);
        assertThat(history.check(2, key(2))).isEqualTo(Verdict.MAY_COMMIT);
        assertThat(history.check(0, key(4))).isEqualTo(Verdict.MAY_COMMIT);
        assertThat(history.revisionOf(2)).isEqualTo(2 * REVISIONS_PER_VERSION);
        assertThat(history.revisionOf(7)).isNegative();
    }

    @Test
    void aClientBeginsWithTheNewestVersion() {
        history.learn(answer(100, 1, 100));
        assertThat(history.known()).isEqualTo(100);
        assertThat(history.check(99, key(1))).isEqualTo(Verdict.TOO_OLD);
        assertThat(history.check(100, key(1))).isEqualTo(Verdict.MAY_COMMIT);
    }

    @Test
    void anAnswerThatComesLateChangesNothing() {
        history.learn(answer(5, 1, 5));
        history.learn(answer(8, 6, 8));
        history.learn(answer(6, 6, 6));
        assertThat(history.known()).isEqualTo(8);
        assertThat(history.check(5, key(7))).isEqualTo(Verdict.CONFLICT);
    }

    @Test
    void theNewestVersionIsReadAtTheYoungestRevisionThatShowsIt() {
        history.learn(answer(5, 1, 5));
        history.add(6, 61, key(6));
        assertThat(history.revisionOf(6)).isEqualTo(61);
        history.learn(answer(6, 7, 6));
        assertThat(history.revisionOf(6)).isEqualTo(63);
    }

    @Test
    void aGapMakesAllBeforeItTooOld() {
        history.learn(answer(5, 1, 5));
        history.learn(answer(7, 6, 7));
        history.learn(answer(50, 40, 50));
        assertThat(history.known()).isEqualTo(50);
        assertThat(history.check(7, key(1))).isEqualTo(Verdict.TOO_OLD);
        history.learn(answer(60, 61, 60));
        assertThat(history.known()).as("records that are missing altogether").isEqualTo(60);
    }

    @Test
    void recordsThatDoNotComeAllAtOnceAreCaughtUpWith() {
        history.learn(answer(5, 1, 5));
        history.learn(answer(400, 6, 261));
        assertThat(history.known()).isEqualTo(261);
        assertThat(history.check(5, key(200))).isEqualTo(Verdict.CONFLICT);
        history.learn(answer(400, 262, 400));
        assertThat(history.known()).isEqualTo(400);
        assertThat(history.check(5, key(127))).isEqualTo(Verdict.CONFLICT);
    }

    @Test
    void whoIsFarBehindBeginsAnew() {
        history.learn(answer(5, 1, 5));
        history.learn(answer(10_000, 6, 261));
        assertThat(history.known()).isEqualTo(10_000);
        assertThat(history.check(300, key(1))).isEqualTo(Verdict.TOO_OLD);
    }

    @Test
    void whatIsOlderThanTheWindowIsForgotten() {
        history.learn(answer(5, 1, 5));
        history.add(6, 60, key(6));
        clock.advanceMillis(1_001);
        assertThat(history.check(5, key(6))).isEqualTo(Verdict.CONFLICT);
        history.add(7, 70, key(7));
        assertThat(history.check(5, key(6))).isEqualTo(Verdict.TOO_OLD);
        assertThat(history.check(6, key(7))).isEqualTo(Verdict.CONFLICT);
        assertThat(history.revisionOf(6)).isEqualTo(60);
    }

    @Test
    void whatIsNoRecordIsDamaged() {
        CommitRecord whole = new CommitRecord(7, 8, key(9));
        assertThat(CommitRecord.decode(whole.encode(), 1).client()).isEqualTo(7);
        for (int length = 0; length < whole.encode().size(); length++) {
            ByteString cut = whole.encode().substring(0, length);
            assertThatThrownBy(() -> CommitRecord.decode(cut, 1))
                    .isInstanceOf(KvException.class)
                    .hasMessageContaining("version 1");
        }
    }
}
