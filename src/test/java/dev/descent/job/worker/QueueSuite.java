package dev.descent.job.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.train.MemoryEstimate;
import dev.descent.job.JobQueue;
import dev.descent.job.TrainingJobView;
import dev.descent.job.lifecycle.JobStatus;
import dev.descent.job.resource.Resources;
import dev.descent.job.specification.ResolvedTraining;
import dev.descent.listing.Cursor;
import dev.descent.principal.Principal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.node.ObjectNode;

/** Which job is claimed, in which order, and by a worker of which size. */
abstract class QueueSuite extends StoreTest {

    @Autowired
    private JobQueue queue;

    @Test
    void aHigherPriorityGoesFirstAndOwnersTakeTurns() {
        List<String> a = created("a", 0, 3);
        List<String> b = created("b", 0, 2);
        List<String> urgent = created("a", 5, 1);
        List<String> idle = created("c", -5, 1);
        List<String> expected = List.of(urgent.get(0), b.get(0), a.get(0), b.get(1), a.get(1), a.get(2), idle.get(0));
        List<String> promised =
                list.page(StoreTest.ADMIN, new Cursor(20, "zzzz"), JobStatus.QUEUED, Map.of()).data().stream()
                        .sorted(Comparator.comparing(TrainingJobView::queuePosition))
                        .map(TrainingJobView::id)
                        .toList();

        List<String> claimed = Stream.generate(() -> claims.claim(ANY_MEMORY))
                .takeWhile(Optional::isPresent)
                .map(claim -> claim.orElseThrow().jobId())
                .toList();

        assertThat(claimed).as("b, as a has just had its turn").isEqualTo(expected);
        assertThat(promised.get(0)).isEqualTo(urgent.get(0));
        assertThat(promised.get(6)).isEqualTo(idle.get(0));
        assertThat(jobs.get(StoreTest.ADMIN, a.get(0)).queuePosition()).isNull();
    }

    private List<String> created(String owner, int priority, int count) {
        ResolvedTraining training =
                resolver.resolve(StoreTest.ADMIN, request("m").put("priority", priority));
        // An administrator sees the dataset.
        Principal principal = new Principal(owner, StoreTest.ADMIN.scopes(), "test");
        return IntStream.range(0, count)
                .mapToObj(n -> create(principal, training).id())
                .toList();
    }

    @Test
    void aJobThatDoesNotFitNowKeepsOthersWaitingAndRunsOnceItFits() {
        MemoryEstimate needed = training("m").memory();
        String first = create(training("m")).id();
        create(training("m"));

        assertThat(claims.claim(new Resources(needed.bytes() - 1, needed.heapBytes(), 1)))
                .isEmpty();
        assertThat(claims.claim(new Resources(needed.bytes(), needed.heapBytes() - 1, 1)))
                .isEmpty();
        assertThat(claims.queued()).isEqualTo(2);
        assertThat(claims.claim(new Resources(needed.bytes(), needed.heapBytes(), 1))
                        .orElseThrow())
                .extracting(Claim::jobId, Claim::memoryBytes, Claim::heapBytes)
                .containsExactly(first, needed.bytes(), needed.heapBytes());
    }

    @Test
    void whatRunningJobsLeaveOfTheRoomIsFree() {
        create(training("m"));
        create(training("m"));
        List<Claim> running = List.of(
                claims.claim(ANY_MEMORY).orElseThrow(), claims.claim(ANY_MEMORY).orElseThrow());
        MemoryEstimate each = training("m").memory();

        Resources free = new Resources(5 * each.bytes(), 4 * each.heapBytes(), 1);
        for (Claim claim : running) {
            free = free.minus(claim.memoryBytes(), claim.heapBytes());
        }
        assertThat(free).isEqualTo(new Resources(3 * each.bytes(), 2 * each.heapBytes(), 1));
    }

    @Test
    void aSpecificationThatCanNotBeReadFailsItsJobAlone() {
        String broken = create(training("m")).id();
        String sound = create(training("m")).id();
        sql.update(
                "update training_job set specification = ? where id = ?", "{\"name\": \"of another version\"}", broken);

        assertThat(claims.claim(ANY_MEMORY)).isEmpty();
        assertThat(claims.claim(ANY_MEMORY).orElseThrow().jobId()).isEqualTo(sound);
        assertThat(sql.queryForObject("select error_code from training_job where id = ?", String.class, broken))
                .isEqualTo("unreadable_specification");
    }

    @Test
    void aJobWhoseDatasetIsGoneFailsAlone() {
        String broken = create(training("m")).id();
        sql.update("update training_job set dataset_id = 'ds_gone' where id = ?", broken);
        String sound = create(training("m")).id();

        assertThat(claims.claim(ANY_MEMORY)).isEmpty();
        assertThat(claims.claim(ANY_MEMORY).orElseThrow().jobId()).isEqualTo(sound);
        assertThat(jobs.get(StoreTest.ADMIN, broken).status()).isEqualTo(JobStatus.FAILED);
    }

    @Test
    void aJobIsMeasuredByTheWorkersThatAreAliveAndOneOfThemMustHoldItWhole() {
        MemoryEstimate needed = inMemory().memory();
        worker("large heap", needed.bytes() - 1, Long.MAX_VALUE);
        worker("large memory", Long.MAX_VALUE, needed.heapBytes() - 1);

        assertThatThrownBy(this::inMemory).hasMessageContaining("of memory").hasMessageContaining("(-Xmx)");
        worker("large enough", needed.bytes(), needed.heapBytes());
        assertThat(inMemory().memory()).isEqualTo(needed);
    }

    /** Whose examples do not stay on disk where they are too large. */
    private ResolvedTraining inMemory() {
        ObjectNode request = request("m");
        request.putObject("hyperparameters").put("shuffle", "whole");
        return resolver.resolve(StoreTest.ADMIN, request);
    }

    @Test
    void jobsThatNoWorkerCanHoldAreKnownWhereThereAreWorkers() {
        String id = create(training("m")).id();
        MemoryEstimate needed = training("m").memory();
        Instant alive = clock.instant().minusSeconds(1);

        assertThat(queue.unfitting(alive)).as("nobody is alive").isEmpty();
        worker("small", needed.bytes() - 1, needed.heapBytes());
        assertThat(queue.unfitting(alive))
                .containsExactly(new JobQueue.Candidate(id, needed.bytes(), needed.heapBytes()));
        worker("large", needed.bytes(), needed.heapBytes());
        assertThat(queue.unfitting(alive)).isEmpty();
    }

    private void worker(String id, long memory, long heap) {
        sql.update(
                "insert into worker (id, memory_bytes, heap_bytes, threads, seen_at) values (?, ?, ?, ?, ?)",
                id,
                memory,
                heap,
                Runtime.getRuntime().availableProcessors(),
                OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
    }

    @Test
    void aJobThatNeedsMoreHeapThanThisProcessHasIsLeftToOthers() {
        String large = create(training("m")).id();
        String small = create(training("m")).id();
        sql.update("update training_job set heap_bytes = ? where id = ?", Long.MAX_VALUE, large);

        assertThat(claims.claim(ANY_MEMORY).orElseThrow().jobId()).isEqualTo(small);
        assertThat(claims.claim(ANY_MEMORY)).isEmpty();
        assertThat(jobs.get(StoreTest.ADMIN, large).status()).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void everyQueuedJobBringsATurn() {
        String id = create(training("m")).id();
        int submitted = turns(id);
        Claim claim = claims.claim(ANY_MEMORY).orElseThrow();
        outcomes.requeue(claim);
        int givenBack = turns(id);
        jobs.pause(StoreTest.ADMIN, id);
        jobs.resume(StoreTest.ADMIN, id);

        assertThat(List.of(submitted, givenBack, turns(id))).containsExactly(1, 2, 3);
        assertThat(sql.queryForObject("select max(priority) from scheduled_tasks", Integer.class))
                .isZero();
    }

    private int turns(String job) {
        Integer count = sql.queryForObject(
                "select count(*) from scheduled_tasks where task_instance like ?", Integer.class, job + "/%");
        return count == null ? 0 : count;
    }

    @Test
    void noJobIsClaimedTwice() throws Exception {
        ResolvedTraining training = training("claims");
        List<String> created =
                IntStream.range(0, 24).mapToObj(n -> create(training).id()).toList();
        Callable<List<String>> claimer = () -> {
            List<String> claimed = new ArrayList<>();
            claims.claim(ANY_MEMORY).ifPresent(claim -> claimed.add(claim.jobId()));
            while (sql.queryForObject("select count(*) from training_job where status = 'QUEUED'", Integer.class) > 0) {
                claims.claim(ANY_MEMORY).ifPresent(claim -> claimed.add(claim.jobId()));
            }
            return claimed;
        };
        List<String> claimed = atOnce(List.of(claimer, claimer, claimer, claimer)).stream()
                .flatMap(List::stream)
                .toList();

        assertThat(claimed).containsExactlyInAnyOrderElementsOf(created);
    }
}
