package dev.descent.job.feed;

import dev.descent.job.resource.Ticker;
import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
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
 * Clients that wait for a change of a job. They hold no thread: one thread asks for all of them together, in one query
 * however many they are, and only while there are any. It stops before the web server does, which waits for whoever is
 * waiting.
 *
 * @param <V> a job as clients see it
 */
@Component
public class JobWatch<V> implements SmartLifecycle {

    private static final Duration PERIOD = Duration.ofMillis(250);

    /** Progress alone is told no more often than this: epochs may come by the thousand. */
    private static final Duration LEAST_BETWEEN_PROGRESS = Duration.ofSeconds(1);

    /** Who waits longer than this without a change has waited long enough. */
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

    /** Who waits for which job to be other than it was. */
    private record Waiting<V>(
            String job,
            Standing known,
            long since,
            Function<V, ResponseEntity<V>> form,
            DeferredResult<ResponseEntity<V>> result) {}

    /**
     * The job as soon as it has changed, or as it is once the time is up.
     *
     * @param known the state that the client knows
     * @param form of the answer
     */
    public DeferredResult<ResponseEntity<V>> next(
            String id, Standing known, Duration patience, Function<V, ResponseEntity<V>> form) {
        var result = new DeferredResult<ResponseEntity<V>>(patience.toMillis(), () -> form.apply(jobs.get(id)));
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
            V view = jobs.get(job);
            clients.forEach(client -> client.result().setResult(client.form().apply(view)));
        } catch (RuntimeException gone) {
            clients.forEach(client -> client.result().setErrorResult(gone));
        }
    }

    /** The server stops: nobody is kept waiting, also where the database does not answer. */
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
