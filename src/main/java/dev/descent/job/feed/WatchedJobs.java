package dev.descent.job.feed;

import java.util.Collection;
import java.util.Map;

/**
 * The jobs that clients wait for.
 *
 * @param <V> a job as clients see it
 */
public interface WatchedJobs<V> {

    /** Of each job that there is, in as many queries for many as for one. */
    Map<String, Standing> standings(Collection<String> ids);

    /** @throws dev.descent.problem.ProblemException 404 for an unknown id */
    V get(String id);
}
