package dev.descent.job.worker;

import dev.descent.job.lifecycle.Change;
import java.util.List;

/**
 * What a worker learns about its job.
 *
 * @param command from the clients
 * @param changes made by clients, oldest first
 */
record RunState(WorkerCommand command, List<Change> changes) {

    /** What clients request of a running job. */
    enum WorkerCommand {
        GO_ON,
        PAUSE,
        CANCEL,
        /** Leave the job alone: another worker has claimed it. */
        LEAVE
    }
}
