package dev.verso.compat.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.compat.ChildJvm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What doesn't fit the JVM's heap is sorted and kept in files, or refused with SQLITE_NOMEM; never an OutOfMemoryError. */
class SmallHeapTest {
    private static final int HEAP_MEBIBYTES = 40;
    private static final String ALL = "160000";
    private static final String NOMEM = "error 7";

    @Test
    void statementsOverMoreThanTheHeapHoldsEitherWorkOrSayThatMemoryIsOut(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("large.db");
        ChildJvm child = ChildJvm.withHeap("-Xmx" + HEAP_MEBIBYTES + "m", SmallHeapWork.class, file.toString());
        int code = child.await();
        List<String> answers = child.lines();
        answers.removeIf(line -> line.startsWith("SLF4J"));
        assertThat(answers)
                .containsExactly(
                        "done",
                        "done",
                        ALL + " rows",
                        ALL,
                        "done",
                        "done",
                        ALL + " rows",
                        "160009",
                        ALL + " rows",
                        ALL + " rows",
                        ALL,
                        ALL,
                        "160001",
                        NOMEM,
                        NOMEM,
                        NOMEM,
                        NOMEM,
                        NOMEM,
                        NOMEM,
                        NOMEM,
                        "0",
                        ALL + " rows",
                        "done",
                        "ok",
                        "80000");
        assertThat(code).isZero();
    }
}
