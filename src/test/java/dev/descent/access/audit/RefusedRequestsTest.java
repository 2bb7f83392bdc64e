package dev.descent.access.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.descent.access.audit.Happening.Event;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefusedRequestsTest {

    private final List<Happening> written = new ArrayList<>();
    private final AuditLog audit = mock(AuditLog.class);
    private long nanoTime = -5;
    private final RefusedRequests refused = new RefusedRequests(audit, () -> nanoTime);

    @BeforeEach
    void collect() {
        when(audit.append(any())).thenAnswer(call -> {
            written.add(call.getArgument(0));
            return (long) written.size();
        });
    }

    private void add(int count) {
        for (int i = 0; i < count; i++) {
            refused.add(new Happening(Event.REFUSED, null, null, null, "GET", null, "/", "::1", 401, null, 1));
        }
    }

    @Test
    void aFloodTakesAFewEntriesAndEveryRequestIsCounted() {
        add(RefusedRequests.ONE_BY_ONE + 100_000);
        refused.countOthers();
        add(5);
        refused.destroy();

        assertThat(written).hasSize(RefusedRequests.ONE_BY_ONE + 2);
        assertThat(written.stream().mapToInt(Happening::requests).sum())
                .isEqualTo(RefusedRequests.ONE_BY_ONE + 100_005);
        assertThat(written)
                .filteredOn(entry -> entry.event() == Event.REFUSED_MORE)
                .extracting(Happening::requests)
                .containsExactly(100_000, 5);
    }

    @Test
    void afterAMinuteTheyAreWrittenOneByOneAgain() {
        add(RefusedRequests.ONE_BY_ONE + 1);
        nanoTime += RefusedRequests.PERIOD.toNanos() - 1;
        add(1);
        assertThat(written).hasSize(RefusedRequests.ONE_BY_ONE);
        nanoTime++;
        add(1);

        assertThat(written).hasSize(RefusedRequests.ONE_BY_ONE + 1);
    }

    @Test
    void nothingIsWrittenWhileNothingIsRefused() {
        refused.countOthers();
        refused.destroy();

        assertThat(written).isEmpty();
    }
}
