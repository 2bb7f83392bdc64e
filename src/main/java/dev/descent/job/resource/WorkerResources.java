package dev.descent.job.resource;

import java.util.List;

/** What the processes have that may train a job. */
public interface WorkerResources {

    /** Of those alive, the largest first; where none is alive, it is taken to be like this one. */
    List<Resources> ofWorkers();
}
