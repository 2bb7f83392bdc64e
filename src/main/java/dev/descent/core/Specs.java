package dev.descent.core;

import java.util.Locale;

/** How specifications are called where users write them. */
public final class Specs {

    private Specs() {}

    /** The {@code type} of a specification: {@code SoftmaxCrossEntropySpec} → {@code softmax_cross_entropy}. */
    public static String typeOf(Class<?> specification) {
        return snakeCase(specification.getSimpleName().replaceFirst("Spec$", ""));
    }

    /** {@code batchSize} → {@code batch_size}. */
    public static String snakeCase(String camelCase) {
        return camelCase.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
