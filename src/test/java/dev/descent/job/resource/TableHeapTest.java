package dev.descent.job.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TableHeapTest {

    private static final long MB = 1 << 20;

    private final TableHeap heap = new TableHeap(100 * MB, 4);
    private final Queue<String> inside = new ConcurrentLinkedQueue<>();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void stop() {
        end.countDown();
    }

    private Thread use(String name, long bytes) {
        Thread thread = new Thread(() -> heap.use(bytes, () -> {
            inside.add(name);
            try {
                end.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return name;
        }));
        thread.start();
        return thread;
    }

    private void awaitInside(String... names) {
        await().until(() -> inside.size() == names.length);
        assertThat(inside).containsExactlyInAnyOrder(names);
    }

    /** A thread outside waits with a timeout; a thread inside waits without one, until the test ends. */
    private void awaitOutside(Thread thread) {
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    }

    @Test
    void tablesThatFitTogetherArePreparedTogetherAndOthersWait() {
        use("a", 60 * MB);
        awaitInside("a");
        use("b", 40 * MB);
        awaitInside("a", "b");
        awaitOutside(use("c", 1));

        end.countDown();
        awaitInside("a", "b", "c");
    }

    @Test
    void smallTablesArePreparedByAsManyAtOnceAsThereAreCores() {
        for (String name : new String[] {"a", "b", "c", "d"}) {
            use(name, 1);
        }
        awaitInside("a", "b", "c", "d");
        awaitOutside(use("e", 1));

        end.countDown();
        awaitInside("a", "b", "c", "d", "e");
    }

    @Test
    void whatFailsGivesItsPartBack() {
        for (int i = 0; i < 3; i++) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> heap.use(100 * MB, () -> {
                        throw new IllegalStateException("unreadable");
                    }));
        }

        assertThat(heap.<String>use(1000 * MB, () -> "as much as there is")).isNotEmpty();
    }
}
