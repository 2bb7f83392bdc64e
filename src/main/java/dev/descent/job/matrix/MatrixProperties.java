package dev.descent.job.matrix;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Where encoded examples are kept, and how many.
 *
 * @param home the single directory for all data; they are in its subdirectory {@code matrices}
 * @param matrices how many are kept
 */
@Validated
@ConfigurationProperties("descent")
record MatrixProperties(Path home, @DefaultValue Kept matrices) {

    /**
     * @param maxSize of all that no running job needs; by default a tenth of the disk that is free or theirs, and at
     *     least 1 GB
     * @param minSize of those that are worth keeping although they fit into memory
     */
    record Kept(
            @Nullable DataSize maxSize,
            @DefaultValue("16MB") DataSize minSize) {}
}
