package dev.descent.job.fold;

import dev.descent.core.data.split.SplitSpec;
import dev.descent.core.train.CrossValidation;
import dev.descent.core.train.Hyperparameters;
import dev.descent.core.train.TrainingPlan;
import dev.descent.job.history.EpochFit;
import dev.descent.job.lifecycle.StopReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the fits of a job, which follow each other: the only one, or that of a fold, or the last one of a
 * cross-validation, on all rows.
 *
 * @param folds null if the fit is the only one
 * @param done the folds before
 */
public record Stage(SplitSpec.@Nullable FoldsSpec folds, List<FoldSummary> done) {

    /** The fit of a job that has one. */
    public static final Stage ONLY = new Stage(null, List.of());

    public Stage {
        done = List.copyOf(done);
    }

    /** The number of the fit, from 0. */
    public int fit() {
        return done.size();
    }

    /** Whether a fold is held out. */
    public boolean isFold() {
        return folds != null && fit() < folds.heldOut();
    }

    /** Whether all folds are done, and their networks are the model. */
    public boolean isEnsemble() {
        return folds != null && folds.ensemble() && fit() == folds.heldOut();
    }

    /** How many epochs the job had before. */
    public int epochsBefore() {
        return done.stream().mapToInt(FoldSummary::epochs).sum();
    }

    /** How many steps the job took before. */
    public long stepsBefore() {
        return done.stream().mapToLong(FoldSummary::steps).sum();
    }

    /** How its epochs are numbered. */
    public EpochFit epochFit() {
        if (folds == null) {
            return EpochFit.ONLY;
        }
        return isFold() ? new EpochFit(repeat(), fold(), epochsBefore()) : new EpochFit(null, null, epochsBefore());
    }

    /** From 1. */
    private int repeat() {
        return folds == null ? 1 : 1 + fit() / folds.folds();
    }

    /** From 1 in each repeat. */
    private int fold() {
        return folds == null ? 1 : 1 + fit() % folds.folds();
    }

    /** The beginning of a sentence. */
    public String name() {
        if (folds == null) {
            return "The training";
        }
        if (!isFold()) {
            return "The training on all rows";
        }
        String fold = "Fold %d of %d".formatted(fold(), folds.folds());
        return folds.repeats() == 1 ? fold : "%s in repeat %d of %d".formatted(fold, repeat(), folds.repeats());
    }

    /**
     * How the fit is trained. Folds are trained as the job says. The time limit of a job is shared by its fits: what is
     * left is divided equally. All rows are trained on for as many epochs as were best for the folds.
     */
    public TrainingPlan plan(TrainingPlan ofJob) {
        if (folds == null) {
            return ofJob;
        }
        Double limit = ofJob.maxRuntimeSeconds();
        double spent = done.stream().mapToDouble(FoldSummary::seconds).sum();
        Double share = limit == null ? null : (Double) (Math.max(0, limit - spent) / (folds.fits() - fit()));
        return ofJob.with(hyperparameters(ofJob.hyperparameters(), fit()), share);
    }

    /** Of any fit from this one on, as far as is known. */
    private Hyperparameters hyperparameters(Hyperparameters ofJob, int ofFit) {
        boolean isLast = folds != null && ofFit == folds.heldOut() && !isFold();
        return isLast
                ? ofJob.forEpochs(CrossValidation.epochs(
                        done.stream().map(FoldSummary::bestEpoch).toList()))
                : ofJob;
    }

    /**
     * How much work the job has in all.
     *
     * @param trainRows of each fit
     */
    public Work work(Hyperparameters ofJob, int[] trainRows) {
        long epochs = epochsBefore();
        long steps = stepsBefore();
        long stepsHere = 0;
        for (int fit = fit(); fit < trainRows.length; fit++) {
            Hyperparameters hyperparameters = hyperparameters(ofJob, fit);
            long stepsOfFit = hyperparameters.totalSteps(trainRows[fit]);
            stepsHere = fit == fit() ? stepsOfFit : stepsHere;
            steps += stepsOfFit;
            epochs += hyperparameters.totalEpochs(trainRows[fit]);
        }
        return new Work((int) Math.min(Integer.MAX_VALUE, epochs), steps, steps - stepsBefore() - stepsHere);
    }

    /**
     * How much work a job has.
     *
     * @param epochs of all fits
     * @param steps of all fits
     * @param stepsAfter those of the fits after the current one
     */
    public record Work(int epochs, long steps, long stepsAfter) {}

    /** Why a job without a further fit ended: as the last of its folds did. */
    public StopReason reason() {
        return reason(done.get(done.size() - 1).stopReason());
    }

    /** Why the job ended: the time limit counts whichever fit it ended. */
    public StopReason reason(StopReason ofLast) {
        boolean outOfTime = done.stream().anyMatch(fold -> fold.stopReason() == StopReason.MAX_RUNTIME);
        return outOfTime ? StopReason.MAX_RUNTIME : ofLast;
    }
}
