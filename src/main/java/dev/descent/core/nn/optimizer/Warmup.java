package dev.descent.core.nn.optimizer;

/**
 * A linear rise over the first epochs, b (start + (1 − start) e / warmup epochs), then another schedule, whose epochs
 * count from there.
 */
final class Warmup implements Schedule {

    private final int warmupEpochs;
    private final double startFactor;
    private final Schedule then;

    Warmup(int warmupEpochs, double startFactor, Schedule then) {
        this.warmupEpochs = warmupEpochs;
        this.startFactor = startFactor;
        this.then = then;
    }

    @Override
    public double rate(double base, int epoch, int epochs) {
        if (epoch < warmupEpochs) {
            return base * (startFactor + (1 - startFactor) * epoch / warmupEpochs);
        }
        return then.rate(base, epoch - warmupEpochs, Math.max(1, epochs - warmupEpochs));
    }

    @Override
    public void observe(double loss) {
        then.observe(loss);
    }

    @Override
    public double[] memory() {
        return then.memory();
    }

    @Override
    public void remember(double[] memory) {
        then.remember(memory);
    }
}
