package dev.descent.core.data;

import dev.descent.core.Name;
import org.jspecify.annotations.Nullable;

/**
 * One step of a cell on its way to the network.
 *
 * @param step what was done: {@code read}, {@code missing}, {@code unseen}, or the name of an imputation, scaling or
 *     encoding
 * @param value the result: a number, a level or a date; null for a missing cell
 */
public record CellStep(
        @Name("step") String step, @Name("value") @Nullable Object value) {}
