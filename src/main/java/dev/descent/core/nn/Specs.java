package dev.descent.core.nn;

import java.util.Locale;

/** How a specification's record is called where users write it. */
final class Specs {

    private Specs() {}

    /** {@code SoftmaxCrossEntropySpec} → {@code softmax_cross_entropy}. */
    static String typeOf(Class<?> specification) {
        String stem = specification.getSimpleName().replaceFirst("Spec$", "");
        return stem.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
