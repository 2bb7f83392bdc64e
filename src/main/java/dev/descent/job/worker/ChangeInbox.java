package dev.descent.job.worker;

import dev.descent.core.train.Adjustment;
import dev.descent.core.train.TrainingSession;
import dev.descent.job.lifecycle.Change;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The changes that clients make to a running job, on their way to its trainer: each is taken up before the next batch,
 * or, where an earlier attempt took it up, at the same step again.
 */
final class ChangeInbox {

    private static final Logger log = LoggerFactory.getLogger(ChangeInbox.class);

    private final Claim claim;
    private final RunCommands commands;
    private final RunRetry retry;
    private final Deque<Change> upcoming = new ArrayDeque<>();
    private final Set<Integer> known = new HashSet<>();
    private volatile @Nullable List<Change> delivered;

    ChangeInbox(Claim claim, RunCommands commands, RunRetry retry) {
        this.claim = claim;
        this.commands = commands;
        this.retry = retry;
    }

    /** All changes that clients have made so far; called from another thread. */
    void deliver(List<Change> changes) {
        delivered = changes;
    }

    /**
     * Training is about to begin. Changes of earlier attempts: the session, which goes on after some steps, has taken
     * up those of the steps before. One of that very step is still to come, as it was after the end of its epoch.
     */
    void begin(TrainingSession session, long resumedAt) {
        for (Change change : retry.untilItWorks(() -> commands.changes(claim))) {
            known.add(change.number());
            Long step = change.step();
            if (step != null && step < resumedAt) {
                session.adjust(change.adjustment());
            } else {
                upcoming.add(change);
            }
        }
    }

    /** Before a batch: whatever is due at this step. */
    void takeUpDue(TrainingSession session) {
        List<Change> changes = delivered;
        if (changes != null) {
            delivered = null;
            learn(changes);
        }
        if (!upcoming.isEmpty()) {
            takeUp(session, change -> isDue(change, session));
        }
    }

    /**
     * Training has come to an end, so that no later step is to come: whatever clients have changed since is due.
     *
     * @return whether there was anything to take up
     */
    boolean takeUpAll(TrainingSession session) {
        learn(retry.untilItWorks(() -> commands.changes(claim)));
        return takeUp(session, change -> true);
    }

    private void learn(List<Change> changes) {
        changes.stream().filter(change -> known.add(change.number())).forEach(upcoming::add);
    }

    private boolean takeUp(TrainingSession session, Predicate<Change> isDue) {
        boolean any = false;
        while (!upcoming.isEmpty() && isDue.test(upcoming.peek())) {
            Change change = upcoming.remove();
            Adjustment effect = session.adjust(change.adjustment());
            if (change.step() == null) {
                retry.untilItWorks(() -> commands.takeUp(claim, change, effect, session.steps()));
            }
            log.info("Job {} takes up a change at step {}", claim.jobId(), session.steps());
            any = true;
        }
        return any;
    }

    private static boolean isDue(Change change, TrainingSession session) {
        Long step = change.step();
        return step == null || step <= session.steps();
    }
}
