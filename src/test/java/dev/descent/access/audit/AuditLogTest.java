package dev.descent.access.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class AuditLogTest {

    private static final int MOST_AT_ONCE = 100;

    private final TransactionTemplate transaction = mock(TransactionTemplate.class);
    private final AuditLog audit = new AuditLog(mock(JdbcClient.class), transaction, Clock.systemUTC());

    /** Each would take a connection to the database otherwise, and hold it until its turn comes. */
    @Test
    void whoeverComesDuringATransactionIsWrittenByTheNextOne() throws Exception {
        int others = MOST_AT_ONCE + 20;
        CountDownLatch released = new CountDownLatch(1);
        AtomicInteger transactions = new AtomicInteger();
        when(transaction.execute(any())).thenAnswer(call -> {
            int number = transactions.incrementAndGet();
            released.await();
            return number == 1 ? 1L : number == 2 ? 1L + MOST_AT_ONCE : 1L + others;
        });
        Collection<Long> sequences = new ConcurrentLinkedQueue<>();
        Thread first = start(sequences);
        await().until(() -> transactions.get() == 1);
        List<Thread> threads =
                IntStream.range(0, others).mapToObj(n -> start(sequences)).toList();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
        released.countDown();
        first.join();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(transactions).hasValue(3);
        assertThat(sequences)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 1L + others).boxed().toList());
    }

    private Thread start(Collection<Long> sequences) {
        Thread thread = new Thread(() -> sequences.add(audit.append(Happening.refusedMore(1))));
        thread.start();
        return thread;
    }

    @Test
    void afterAFailureTheNextOneIsWritten() {
        when(transaction.execute(any()))
                .thenThrow(new IllegalStateException("no database"))
                .thenReturn(1L);

        assertThatThrownBy(() -> audit.append(Happening.refusedMore(1))).hasMessageContaining("no database");
        assertThat(audit.append(Happening.refusedMore(1))).isEqualTo(1);
    }
}
