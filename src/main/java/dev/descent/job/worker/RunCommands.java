package dev.descent.job.worker;

import dev.descent.core.train.Adjustment;
import dev.descent.job.TrainingJob;
import dev.descent.job.TrainingJobRepository;
import dev.descent.job.lifecycle.Change;
import dev.descent.job.lifecycle.ChangeRepository;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What clients request of running jobs, and its effect. */
@Service
class RunCommands {

    private final ClaimedJobs claimed;
    private final TrainingJobRepository jobs;
    private final ChangeRepository changes;

    RunCommands(ClaimedJobs claimed, TrainingJobRepository jobs, ChangeRepository changes) {
        this.claimed = claimed;
        this.jobs = jobs;
        this.changes = changes;
    }

    /** The changes made by clients, oldest first. */
    @Transactional(readOnly = true)
    public List<Change> changes(Claim claim) {
        return changes.findByJobIdOrderByNumber(claim.jobId());
    }

    /** Records that training has applied a change at its current step. */
    @Transactional
    public void takeUp(Claim claim, Change change, Adjustment effect, long step) {
        TrainingJob job = claimed.lock(claim);
        changes.findById(change.getId()).orElseThrow().takenUpAt(step, effect);
        if (effect.epochs() != null) {
            job.changeEpochs(effect.epochs());
        }
    }

    /** What clients request of these jobs; the number of queries does not depend on the number of jobs. */
    @Transactional(readOnly = true)
    public Map<Claim, RunState> states(Collection<Claim> claims) {
        Set<String> ids = claims.stream().map(Claim::jobId).collect(Collectors.toSet());
        Map<String, TrainingJobRepository.Standing> standings = jobs.findStandings(ids).stream()
                .collect(Collectors.toMap(TrainingJobRepository.Standing::id, Function.identity()));
        Map<String, List<Change>> made = changes.findByJobIdInOrderByNumber(ids).stream()
                .collect(Collectors.groupingBy(change -> change.getId().jobId()));
        return claims.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        claim -> new RunState(
                                command(claim, standings.get(claim.jobId())),
                                made.getOrDefault(claim.jobId(), List.of()))));
    }

    private static RunState.WorkerCommand command(Claim claim, TrainingJobRepository.@Nullable Standing standing) {
        if (standing == null || standing.attempt() != claim.attempt()) {
            return RunState.WorkerCommand.LEAVE;
        }
        return switch (standing.status()) {
            case RUNNING -> RunState.WorkerCommand.GO_ON;
            case PAUSING -> RunState.WorkerCommand.PAUSE;
            case CANCELLING -> RunState.WorkerCommand.CANCEL;
            case QUEUED, PAUSED, SUCCEEDED, FAILED, CANCELLED -> RunState.WorkerCommand.LEAVE;
        };
    }
}
