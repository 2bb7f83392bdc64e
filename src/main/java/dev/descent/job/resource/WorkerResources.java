package dev.descent.job.resource;

import java.util.List;

/** The resources of the processes that may train a job. */
public interface WorkerResources {

    /** Those of live workers, largest first; if there are none, workers are assumed to be like this process. */
    List<Resources> ofWorkers();
}
