package dev.descent.core.nn.optimizer;

/**
 * Multiplies the rate by a factor whenever the loss has not improved for more than {@code patience} epochs in a row. A
 * loss is an improvement if it is below best (1 − threshold).
 *
 * <p>Source: PyTorch's scheduler of that name, in minimum mode with a relative threshold.
 */
final class ReduceOnPlateau implements Schedule {

    private final ScheduleSpec.ReduceOnPlateauSpec spec;
    private double factor = 1;
    private double best = Double.POSITIVE_INFINITY;
    private int badEpochs;
    private int cooldown;

    ReduceOnPlateau(ScheduleSpec.ReduceOnPlateauSpec spec) {
        this.spec = spec;
    }

    @Override
    public double rate(double base, int epoch, int epochs) {
        return Math.max(Math.min(base, spec.minimum()), base * factor);
    }

    @Override
    public void observe(double loss) {
        if (loss < best * (1 - spec.threshold())) {
            best = loss;
            badEpochs = 0;
        } else {
            badEpochs++;
        }
        if (cooldown > 0) {
            cooldown--;
            badEpochs = 0;
        }
        if (badEpochs > spec.patience()) {
            factor *= spec.factor();
            cooldown = spec.cooldown();
            badEpochs = 0;
        }
    }

    @Override
    public double[] memory() {
        return new double[] {factor, best, badEpochs, cooldown};
    }

    @Override
    public void remember(double[] memory) {
        factor = memory[0];
        best = memory[1];
        badEpochs = (int) memory[2];
        cooldown = (int) memory[3];
    }
}
