package dev.verso.compat.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.compat.simulation.Anomaly.Kind;
import dev.verso.compat.simulation.ListAppendChecker.Isolation;
import dev.verso.compat.simulation.ListAppendHistory.Append;
import dev.verso.compat.simulation.ListAppendHistory.Operation;
import dev.verso.compat.simulation.ListAppendHistory.Outcome;
import dev.verso.compat.simulation.ListAppendHistory.Read;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Histories of which it is known what is wrong with them. */
final class ListAppendCheckerTest {
    private final ListAppendHistory history = new ListAppendHistory();
    private int processes = 100;

    private static Append append(String list, long value) {
        return new Append(list, value);
    }

    private static Read read(String list, long... values) {
        List<Long> all = new ArrayList<>();
        for (long value : values) {
            all.add(value);
        }
        return new Read(list, all);
    }

    /** All of them at the same time, each in a process of its own. */
    private void together(Outcome outcome, Operation... operations) {
        history.add(processes++, processes, 1_000 + processes, outcome, List.of(operations));
    }

    private void together(Operation... operations) {
        together(Outcome.OK, operations);
    }

    private void togetherUnderSnapshotIsolation(Operation... operations) {
        history.add(processes++, processes, 1_000 + processes, Outcome.OK, List.of(operations), true);
    }

    /** After all others. */
    private void later(int process, Operation... operations) {
        history.add(process, 100_000 + history.now(), 100_000 + history.now(), Outcome.OK, List.of(operations));
    }

    private List<Kind> kinds() {
        return ListAppendChecker.anomalies(history).stream().map(Anomaly::kind).toList();
    }

    @Test
    void aSerialHistoryIsClean() {
        later(1, append("x", 1), read("x", 1), append("y", 1));
        later(2, read("x", 1), append("x", 2), append("x", 3), read("x", 1, 2, 3));
        later(1, read("y", 1), read("x", 1, 2, 3), read("z"));
        later(3, read("x", 1, 2, 3), read("x", 1, 2, 3));
        assertThat(ListAppendChecker.anomalies(history)).isEmpty();
    }

    @Test
    void transactionsAtTheSameTimeMayComeInAnyOrder() {
        together(append("x", 1), append("y", 1));
        together(read("x"), append("y", 2));
        together(read("y", 2, 1), read("x", 1));
        together(read("y", 2), read("x"));
        assertThat(ListAppendChecker.anomalies(history)).isEmpty();
    }

    @Test
    void longRandomSerialHistoriesAreCleanAndOneMovedReadIsNot() {
        for (long seed = 1; seed <= 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            ListAppendHistory serial = new ListAppendHistory();
            ListAppendHistory wrong = new ListAppendHistory();
            List<List<Long>> lists = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            List<Read> past = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                List<Operation> operations = new ArrayList<>();
                for (int j = 0; j < 3; j++) {
                    int list = random.nextInt(3);
                    if (random.nextBoolean()) {
                        lists.get(list).add((long) (i * 10 + j));
                        operations.add(append("l" + list, i * 10 + j));
                    } else {
                        operations.add(new Read("l" + list, List.copyOf(lists.get(list))));
                    }
                }
                past.add(new Read("l0", List.copyOf(lists.get(0))));
                int process = random.nextInt(5);
                serial.add(process, serial.now(), Outcome.OK, operations);
                wrong.add(process, wrong.now(), Outcome.OK, operations);
            }
            assertThat(ListAppendChecker.anomalies(serial)).as("seed %d", seed).isEmpty();
            wrong.add(8, wrong.now(), Outcome.OK, List.of(new Read("l0", List.copyOf(lists.get(0)))));
            Read stale = past.get(random.nextInt(100));
            wrong.add(9, wrong.now(), Outcome.OK, List.of(stale));
            assertThat(ListAppendChecker.anomalies(wrong))
                    .as("seed %d", seed)
                    .singleElement()
                    .satisfies(a -> {
                        assertThat(a.kind()).isEqualTo(Kind.G_SINGLE);
                        assertThat(a.overTime()).isTrue();
                        assertThat(a.description().lines())
                                .as("two transactions, two edges")
                                .hasSize(5);
                    });
        }
    }

    @Test
    void aValueThatIsThereTwiceIsFound() {
        together(append("x", 1));
        together(read("x", 1, 1));
        assertThat(kinds()).containsExactly(Kind.DUPLICATE);
    }

    @Test
    void aLostAppendIsFound() {
        together(append("x", 1));
        together(append("x", 2));
        later(1, read("x", 2));
        assertThat(kinds()).contains(Kind.LOST_APPEND);
    }

    @Test
    void anAppendThatNobodyCouldHaveSeenYetIsNotLost() {
        together(append("x", 1));
        together(read("x"));
        later(1, append("x", 2));
        assertThat(kinds()).isEmpty();
    }

    @Test
    void aReadOfAFailedWriteIsFound() {
        together(Outcome.FAILED, append("x", 1));
        together(read("x", 1));
        assertThat(kinds()).contains(Kind.ABORTED_READ);
    }

    @Test
    void anUnknownWriteMayBeSeenOrNot() {
        together(Outcome.UNKNOWN, append("x", 1), append("y", 1));
        together(Outcome.UNKNOWN, append("z", 1));
        later(1, read("x"), read("z"));
        later(1, read("x", 1), read("y", 1), read("z"));
        assertThat(ListAppendChecker.anomalies(history)).isEmpty();
    }

    @Test
    void anUnknownWriteIsSeenAsAWholeOrNotAtAll() {
        together(Outcome.UNKNOWN, append("x", 1), append("y", 1));
        later(1, read("x", 1), read("y"));
        assertThat(kinds()).containsExactly(Kind.G_SINGLE);
    }

    @Test
    void aValueThatNobodyWroteIsFound() {
        together(append("x", 1));
        together(read("x", 1, 7));
        assertThat(kinds()).contains(Kind.UNWRITTEN_READ);
    }

    @Test
    void anIntermediateStateIsFound() {
        together(append("x", 1), append("x", 2));
        together(read("x", 1));
        assertThat(kinds()).contains(Kind.INTERMEDIATE_READ);
    }

    @Test
    void readsThatContradictEachOtherAreFound() {
        together(append("x", 1));
        together(append("x", 2));
        together(read("x", 1, 2));
        together(read("x", 2));
        assertThat(kinds()).contains(Kind.INCOMPATIBLE_ORDER);
    }

    @Test
    void aTransactionThatDoesNotSeeItselfIsFound() {
        together(append("x", 1), read("x"));
        assertThat(kinds()).containsExactly(Kind.INTERNAL);
    }

    @Test
    void aTransactionForWhichAListChangesIsFound() {
        together(append("x", 1));
        together(read("x"), read("x", 1));
        assertThat(kinds()).contains(Kind.INTERNAL);
    }

    @Test
    void whatATransactionAppendedLastMustStandLast() {
        together(append("x", 1));
        together(append("x", 2), read("x", 2, 1));
        assertThat(kinds()).contains(Kind.INTERNAL);
    }

    @Test
    void g0IsFound() {
        together(append("x", 1), append("y", 1));
        together(append("x", 2), append("y", 2));
        together(read("x", 1, 2));
        together(read("y", 2, 1));
        assertThat(kinds()).contains(Kind.G0);
    }

    @Test
    void g1cIsFound() {
        together(append("x", 1), read("y", 1));
        together(append("y", 1), read("x", 1));
        assertThat(kinds()).containsExactly(Kind.G1C);
    }

    @Test
    void readSkewIsGSingle() {
        together(append("x", 1), append("y", 1));
        together(read("x", 1), read("y"));
        assertThat(kinds()).containsExactly(Kind.G_SINGLE);
        assertThat(ListAppendChecker.violations(history, Isolation.SNAPSHOT)).hasSize(1);
    }

    @Test
    void aLostUpdateIsGSingle() {
        together(append("x", 1));
        together(read("x"), append("x", 2));
        together(read("x", 1, 2));
        assertThat(kinds()).containsExactly(Kind.G_SINGLE);
    }

    @Test
    void twoReadersThatSeeTwoWritersInDifferentOrdersAreNotSnapshotIsolation() {
        together(append("x", 1));
        together(append("y", 1));
        together(read("x", 1), read("y"));
        together(read("x"), read("y", 1));
        assertThat(kinds()).containsExactly(Kind.G_NONADJACENT);
        assertThat(ListAppendChecker.violations(history, Isolation.SNAPSHOT)).hasSize(1);
    }

    @Test
    void writeSkewIsWhatSnapshotIsolationAllows() {
        together(read("x"), read("y"), append("x", 1));
        together(read("x"), read("y"), append("y", 1));
        together(read("x", 1), read("y", 1));
        assertThat(kinds()).containsExactly(Kind.G2_ITEM);
        assertThat(ListAppendChecker.violations(history, Isolation.SERIALIZABLE))
                .hasSize(1);
        assertThat(ListAppendChecker.violations(history, Isolation.SNAPSHOT)).isEmpty();
    }

    @Test
    void writeSkewNeedsATransactionThatHasSnapshotIsolation() {
        together(read("x"), read("y"), append("x", 1));
        togetherUnderSnapshotIsolation(read("x"), read("y"), append("y", 1));
        together(read("x", 1), read("y", 1));
        assertThat(ListAppendChecker.violations(history, Isolation.MIXED)).isEmpty();
        assertThat(ListAppendChecker.violations(history, Isolation.SERIALIZABLE))
                .extracting(Anomaly::kind)
                .containsExactly(Kind.G2_SERIALIZABLE);
    }

    @Test
    void whatSnapshotIsolationMayDoDoesNotExcuseTheSerializable() {
        // The two that skew are serializable; the third one only stands beside them.
        together(read("x"), read("y"), append("x", 1));
        together(read("x"), read("y"), append("y", 1));
        togetherUnderSnapshotIsolation(read("x", 1), read("y", 1), append("z", 1));
        assertThat(ListAppendChecker.violations(history, Isolation.MIXED))
                .extracting(Anomaly::kind)
                .containsExactly(Kind.G2_SERIALIZABLE);
    }

    @Test
    void writeSkewDoesNotHideAReadSkewBesideIt() {
        together(read("x"), read("y"), append("x", 1), append("z", 1));
        together(read("x"), read("y"), append("y", 1));
        together(read("x", 1), read("z"), read("y", 1));
        assertThat(ListAppendChecker.violations(history, Isolation.SNAPSHOT))
                .extracting(Anomaly::kind)
                .containsExactly(Kind.G_SINGLE);
    }

    @Test
    void aFailedTransactionMustHaveSeenOneSnapshotToo() {
        together(append("x", 1), append("y", 1));
        together(Outcome.FAILED, read("x", 1), read("y"), append("z", 1));
        assertThat(kinds()).containsExactly(Kind.G_SINGLE);
    }

    @Test
    void whatHadEndedIsSeenByWhoBeginsThen() {
        later(1, append("x", 1));
        later(2, read("x"));
        later(3, read("x", 1));
        assertThat(ListAppendChecker.violations(history, Isolation.SNAPSHOT))
                .singleElement()
                .satisfies(a -> {
                    assertThat(a.kind()).isEqualTo(Kind.G_SINGLE);
                    assertThat(a.overTime()).isTrue();
                });
    }

    @Test
    void aProcessSeesItsOwnPast() {
        later(1, read("x", 1));
        later(1, read("x"));
        together(append("x", 1));
        assertThat(ListAppendChecker.anomalies(history)).singleElement().satisfies(a -> assertThat(a.overTime())
                .isTrue());
    }

    @Test
    void thePastMayBeReadAtAnyTimeButAtOneMoment() {
        later(1, append("x", 1), append("y", 1));
        later(1, append("x", 2), append("y", 2));
        history.addPast(List.of(read("x", 1), read("y", 1)));
        history.addPast(List.of(read("x"), read("y")));
        assertThat(ListAppendChecker.anomalies(history)).isEmpty();
        history.addPast(List.of(read("x", 1), read("y", 1, 2)));
        assertThat(kinds()).containsExactly(Kind.G_SINGLE);
    }

    @Test
    void aCycleIsToldWithItsTransactionsAndAsShortAsItIs() {
        together(append("x", 1), append("y", 1), append("z", 1));
        together(read("x", 1), append("a", 1));
        together(read("a", 1), read("y"));
        together(read("x", 1), read("z"));
        assertThat(ListAppendChecker.anomalies(history)).singleElement().satisfies(a -> assertThat(a.toString())
                .contains("T0 of process", "T3 of process", "T0 -wr-> T3: x: 1 was read", "T3 -rw-> T0: z: 1 was not")
                .doesNotContain("T1", "T2"));
    }

    @Test
    void valuesMustNameTheirWriters() {
        together(append("x", 1));
        together(append("x", 1));
        assertThatThrownBy(() -> ListAppendChecker.anomalies(history)).isInstanceOf(IllegalArgumentException.class);
    }
}
