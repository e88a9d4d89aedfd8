package dev.verso.kv.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.error.ResultCode;
import dev.verso.pager.BusyHandler;
import dev.verso.pager.PageStore;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is open can be closed while the store is away; what it has left there ends by itself. */
final class ClosingInAnOutageTest extends OnTestStore {
    private int leases() {
        return namespaces.stat("a").leases().size();
    }

    @Test
    void aDatabaseIsClosedThoughItsLeasesCannotBeGivenUp() {
        namespaces.create("a");
        namespaces.retention("a", new Retention(null, 1));
        long read = put("a", 1, 10);
        PageStore store = namespaces.open("a");
        Pages reader = new Pages(store);
        assertThat(reader.begin().read(1)).isEqualTo(10);
        clock.advanceMillis(60_000);
        namespaces.heartbeat();
        assertThat(leases()).isEqualTo(1);
        put("a", 1, 11);

        faulty.unreachable(true);
        reader.end();
        reader.close();
        store.close();
        faulty.unreachable(false);

        assertThat(leases()).isEqualTo(1);
        assertThat(number("a@" + read, 1)).isEqualTo(10);
        clock.advanceMillis(Duration.ofMinutes(10).toMillis());
        namespaces.heartbeat();
        namespaces.collect("a", CollectionOptions.DEFAULTS, report -> {});
        assertThat(leases()).isZero();
        assertFails(ResultCode.ERROR_SNAPSHOT, "no longer kept", () -> number("a@" + read, 1));
    }

    @Test
    void aTransactionThatHasStagedPagesIsGivenUp() {
        namespaces.create("a");
        put("a", 1, 10);
        PageStore store = namespaces.open("a");
        Pages writer = new Pages(store);
        writer.begin().write(2, 20);
        writer.session().beginWrite(false, BusyHandler.NONE);
        writer.session().stage(new int[] {2}, new byte[][] {Pages.image(20)}, 1, BusyHandler.NONE);

        faulty.unreachable(true);
        writer.close();
        store.close();
        faulty.unreachable(false);

        assertThat(number("a", 1)).isEqualTo(10);
        assertThat(stored('g')).isPositive();
        clock.advanceMillis(Duration.ofHours(2).toMillis());
        namespaces.collect("a", CollectionOptions.DEFAULTS, report -> {});
        assertThat(stored('g')).isZero();
    }
}
