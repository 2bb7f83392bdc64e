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
 * Delivers the changes that clients make to a running job to its trainer: each is applied before the next batch, or, if
 * an earlier attempt already applied it, again at the same step.
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

    /** Receives all changes made by clients so far; called from another thread. */
    void deliver(List<Change> changes) {
        delivered = changes;
    }

    /**
     * Called when training begins. Of the changes applied in earlier attempts, those from before the step at which the
     * session resumes take effect right away. One from exactly that step is still to come, because it was applied after
     * the epoch ended.
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

    /** Called before a batch: applies whatever is due at this step. */
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
     * Called when training has ended and no further step would follow: applies whatever clients have changed since.
     *
     * @return whether there was anything to apply
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
