package dev.descent.core.nn.optimizer;

/**
 * One cycle: rises from b / start_divisor to b along half a cosine wave over the first epochs (a share {@code rise} of
 * all), then falls to b / (start_divisor end_divisor) at the last epoch.
 *
 * <p>Source: Smith, Topin, "Super-Convergence" (2018); the two cosine waves are PyTorch's.
 */
final class OneCycle implements Schedule {

    private final double rise;
    private final double start;
    private final double end;

    OneCycle(ScheduleSpec.OneCycleSpec spec) {
        this.rise = spec.rise();
        this.start = 1 / spec.startDivisor();
        this.end = start / spec.endDivisor();
    }

    @Override
    public double rate(double base, int epoch, int epochs) {
        double last = Math.max(1, epochs - 1);
        double peak = Math.max(0, rise * epochs - 1);
        if (epoch < peak) {
            return base * between(start, 1, epoch / peak);
        }
        return base * between(1, end, Math.min(1, (epoch - peak) / Math.max(1e-9, last - peak)));
    }

    /** Interpolates between two factors along half a cosine wave. */
    private static double between(double from, double to, double share) {
        return to + (from - to) * (1 + Math.cos(Math.PI * share)) / 2;
    }
}
