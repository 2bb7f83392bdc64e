package dev.descent.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TableHeapTest {

    private static final long MB = 1 << 20;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final TableHeap heap = new TableHeap(100 * MB, 4);
    private final Queue<String> inside = new ConcurrentLinkedQueue<>();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private Future<String> use(String name, long bytes) {
        return threads.submit(() -> heap.use(bytes, () -> {
            inside.add(name);
            try {
                end.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            inside.remove(name);
            return name;
        }));
    }

    private void awaitInside(String... names) {
        await().until(() -> inside.size() == names.length);
        assertThat(inside).containsExactlyInAnyOrder(names);
    }

    @Test
    void tablesThatFitTogetherArePreparedTogetherAndOthersWait() throws Exception {
        use("a", 60 * MB);
        awaitInside("a");
        use("b", 40 * MB);
        awaitInside("a", "b");
        Future<String> later = use("c", 1);

        assertThat(later.isDone()).isFalse();
        assertThat(inside).doesNotContain("c");
        end.countDown();
        assertThat(later.get()).isEqualTo("c");
    }

    @Test
    void smallTablesArePreparedByAsManyAtOnceAsThereAreCores() throws Exception {
        for (String name : new String[] {"a", "b", "c", "d"}) {
            use(name, 1);
        }
        awaitInside("a", "b", "c", "d");
        Future<String> fifth = use("e", 1);

        assertThat(inside).doesNotContain("e");
        end.countDown();
        assertThat(fifth.get()).isEqualTo("e");
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
