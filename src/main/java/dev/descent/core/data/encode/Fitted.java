package dev.descent.core.data.encode;

import dev.descent.core.Name;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What encoders have learnt from the training part, as it is told to users. */
public final class Fitted {

    private Fitted() {}

    /**
     * What stands in for an empty cell.
     *
     * @param value a number, a date or a level; null for a level of its own, and if there is no level at all
     */
    public record Substitute(
            @Name("by") Impute by, @Name("value") @Nullable Object value) {}

    /**
     * The inputs of levels.
     *
     * @param type the name of the encoding, or {@code level_number} for an embedding
     * @param levels in the order of their places
     * @param code null for {@code one_hot} and {@code level_number}
     */
    public record Levels(
            @Name("type") String type,
            @Name("levels") List<String> levels,
            @Name("code") @Nullable LevelCode code) {}
}
