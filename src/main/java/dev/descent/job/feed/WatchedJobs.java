package dev.descent.job.feed;

import java.util.Collection;
import java.util.Map;

/**
 * The jobs that clients wait for.
 *
 * @param <V> a job as clients see it
 */
public interface WatchedJobs<V> {

    /** The state of each existing job; the number of queries does not depend on the number of jobs. */
    Map<String, Standing> standings(Collection<String> ids);

    /** @throws dev.descent.problem.ProblemException 404 for an unknown id */
    V current(String id);
}
