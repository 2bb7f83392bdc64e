package dev.descent.job.feed;

import dev.descent.job.TrainingJobView;
import dev.descent.job.TrainingJobs;
import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * Clients that wait for a change of a job. They hold no thread: one thread asks for all of them together, in one query however many they are, and
 * only while there are any. It stops before the web server does, which waits for whoever is waiting.
 */
@Component
public class JobWatch implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(JobWatch.class);
    private static final long PERIOD_MILLIS = 250;

    /** Progress alone is told no more often than this: epochs may come by the thousand. */
    private static final Duration LEAST_BETWEEN_PROGRESS = Duration.ofSeconds(1);

    /** Who waits longer than this without a change has waited long enough. */
    public static final Duration LONGEST = Duration.ofSeconds(60);

    private final TrainingJobs jobs;
    private final Set<Waiting> all = ConcurrentHashMap.newKeySet();
    private volatile @Nullable ScheduledExecutorService watcher;

    JobWatch(TrainingJobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public void start() {
        ScheduledExecutorService started = new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "job-watch"));
        started.scheduleWithFixedDelay(this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        watcher = started;
    }

    /** Who waits for which job to be other than it was. */
    private record Waiting(
            String job,
            TrainingJobs.Standing known,
            long since,
            Function<TrainingJobView, ResponseEntity<TrainingJobView>> form,
            DeferredResult<ResponseEntity<TrainingJobView>> result) {}

    /**
     * The job as soon as it has changed, or as it is once the time is up.
     *
     * @param known the state that the client knows
     * @param form of the answer
     */
    public DeferredResult<ResponseEntity<TrainingJobView>> next(
            String id,
            TrainingJobs.Standing known,
            Duration patience,
            Function<TrainingJobView, ResponseEntity<TrainingJobView>> form) {
        var result = new DeferredResult<ResponseEntity<TrainingJobView>>(
                patience.toMillis(), () -> form.apply(jobs.get(id)));
        Waiting waiting = new Waiting(id, known, System.nanoTime(), form, result);
        result.onCompletion(() -> all.remove(waiting));
        all.add(waiting);
        if (!isRunning()) {
            answer(id, Set.of(waiting));
        }
        return result;
    }

    private void look() {
        if (all.isEmpty()) {
            return;
        }
        try {
            Map<String, TrainingJobs.Standing> standings =
                    jobs.standings(all.stream().map(Waiting::job).collect(Collectors.toSet()));
            all.stream()
                    .filter(waiting -> isNews(waiting, standings.get(waiting.job())))
                    .collect(Collectors.groupingBy(Waiting::job))
                    .forEach(this::answer);
        } catch (RuntimeException | Error failure) {
            // It must not end the repetition.
            log.warn("Clients wait on: {}", failure.getMessage());
        }
    }

    private static boolean isNews(Waiting waiting, TrainingJobs.@Nullable Standing now) {
        if (now == null || now.status() != waiting.known().status()) {
            return true;
        }
        boolean longEnough = System.nanoTime() - waiting.since() >= LEAST_BETWEEN_PROGRESS.toNanos();
        return longEnough && !now.tag().equals(waiting.known().tag());
    }

    private void answer(String job, Iterable<Waiting> clients) {
        try {
            TrainingJobView view = jobs.get(job);
            clients.forEach(client -> client.result().setResult(client.form().apply(view)));
        } catch (RuntimeException gone) {
            clients.forEach(client -> client.result().setErrorResult(gone));
        }
    }

    /** The server stops: nobody is kept waiting, also where the database does not answer. */
    @Override
    public void stop() {
        ScheduledExecutorService stopping = watcher;
        watcher = null;
        if (stopping != null) {
            stopping.shutdown();
        }
        ProblemException stops = new ProblemException(Problem.UNAVAILABLE, "The server stops", List.of());
        all.forEach(waiting -> waiting.result().setErrorResult(stops));
    }

    @Override
    public boolean isRunning() {
        return watcher != null;
    }
}
