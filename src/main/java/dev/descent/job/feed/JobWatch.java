package dev.descent.job.feed;

import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import dev.descent.ticker.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * Clients that wait for a job to change. They occupy no threads: one thread polls for all of them with a single query,
 * and only while there are any. It stops before the web server, which waits for open requests.
 *
 * @param <V> a job as clients see it
 */
@Component
public class JobWatch<V> implements SmartLifecycle {

    private static final Duration PERIOD = Duration.ofMillis(250);

    /** Mere progress is reported at most this often: there may be thousands of epochs. */
    private static final Duration LEAST_BETWEEN_PROGRESS = Duration.ofSeconds(1);

    /** The maximum time to wait without a change. */
    public static final Duration LONGEST = Duration.ofSeconds(60);

    private final WatchedJobs<V> jobs;
    private final Ticker ticker;
    private final Set<Waiting<V>> all = ConcurrentHashMap.newKeySet();
    private volatile @Nullable ScheduledFuture<?> watching;

    JobWatch(WatchedJobs<V> jobs, Ticker ticker) {
        this.jobs = jobs;
        this.ticker = ticker;
    }

    @Override
    public void start() {
        watching = ticker.repeat(this::look, PERIOD);
    }

    /** A client waiting for a job to differ from the state it knows. */
    private record Waiting<V>(
            String job,
            Standing known,
            long since,
            Function<V, ResponseEntity<V>> form,
            DeferredResult<ResponseEntity<V>> result) {}

    /**
     * The job as soon as it changes, or its current state when the time is up.
     *
     * @param known the state that the client knows
     * @param form of the response
     */
    public DeferredResult<ResponseEntity<V>> next(
            String id, Standing known, Duration patience, Function<V, ResponseEntity<V>> form) {
        var result = new DeferredResult<ResponseEntity<V>>(patience.toMillis(), () -> form.apply(jobs.current(id)));
        Waiting<V> waiting = new Waiting<>(id, known, System.nanoTime(), form, result);
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
        Map<String, Standing> standings =
                jobs.standings(all.stream().map(Waiting::job).collect(Collectors.toSet()));
        all.stream()
                .filter(waiting -> isNews(waiting, standings.get(waiting.job())))
                .collect(Collectors.groupingBy(Waiting::job))
                .forEach(this::answer);
    }

    private static boolean isNews(Waiting<?> waiting, @Nullable Standing now) {
        if (now == null || now.status() != waiting.known().status()) {
            return true;
        }
        boolean longEnough = System.nanoTime() - waiting.since() >= LEAST_BETWEEN_PROGRESS.toNanos();
        return longEnough && !now.tag().equals(waiting.known().tag());
    }

    private void answer(String job, Iterable<Waiting<V>> clients) {
        try {
            V view = jobs.current(job);
            clients.forEach(client -> client.result().setResult(client.form().apply(view)));
        } catch (RuntimeException gone) {
            clients.forEach(client -> client.result().setErrorResult(gone));
        }
    }

    /** Releases all clients when the server stops, even if the database is unavailable. */
    @Override
    public void stop() {
        ScheduledFuture<?> stopping = watching;
        watching = null;
        if (stopping != null) {
            stopping.cancel(false);
        }
        ProblemException stops = new ProblemException(Problem.UNAVAILABLE, "The server stops", List.of());
        all.forEach(waiting -> waiting.result().setErrorResult(stops));
    }

    @Override
    public boolean isRunning() {
        return watching != null;
    }
}
