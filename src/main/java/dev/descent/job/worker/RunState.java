package dev.descent.job.worker;

import dev.descent.job.lifecycle.Change;
import java.util.List;

/**
 * What a worker learns about its job.
 *
 * @param command of the clients
 * @param changes that they made, the oldest first
 */
record RunState(WorkerCommand command, List<Change> changes) {

    /** What clients want of a running job. */
    enum WorkerCommand {
        GO_ON,
        PAUSE,
        CANCEL,
        /** Nothing of this worker's: the job is another's now. */
        LEAVE
    }
}
