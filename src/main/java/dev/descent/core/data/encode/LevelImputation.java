package dev.descent.core.data.encode;

import dev.descent.core.Name;
import org.jspecify.annotations.Nullable;

/**
 * What stands in for a missing level.
 *
 * @param value for {@link Impute#CONSTANT}
 */
public record LevelImputation(
        @Name("by") Impute by, @Name("value") @Nullable String value) {}
