package dev.descent.core.train.evaluate.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the figures that do not exist, and why. */
final class Undefined {

    private final Map<String, String> reasons = new LinkedHashMap<>();

    /** A figure, or null if it is no finite number; the reason is kept. */
    @Nullable
    Double known(String name, double value, String reason) {
        if (Double.isFinite(value)) {
            return value;
        }
        reasons.put(name, reason);
        return null;
    }

    void because(String name, String reason) {
        reasons.put(name, reason);
    }

    Map<String, String> reasons() {
        return reasons;
    }

    /** For figures whose absence is explained beside them. */
    static @Nullable Double orNull(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
