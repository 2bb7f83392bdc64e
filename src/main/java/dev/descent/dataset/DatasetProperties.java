package dev.descent.dataset;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Where datasets are stored, and their maximum size.
 *
 * @param home the single directory for all data; dataset files are in its subdirectory {@code datasets}
 * @param maxUploadSize the maximum size of an upload, counted after decompression
 * @param upload further limits of an upload
 */
@Validated
@ConfigurationProperties("descent")
record DatasetProperties(
        @NotNull Path home,
        @DefaultValue("4GB") DataSize maxUploadSize,
        @DefaultValue UploadLimits upload) {}
