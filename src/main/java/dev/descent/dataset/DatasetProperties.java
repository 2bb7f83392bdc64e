package dev.descent.dataset;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Where datasets are kept, and how large they may be.
 *
 * @param home the one directory of all data; the files of datasets lie in its folder {@code datasets}
 * @param maxUploadSize the largest upload, counted after decompression
 */
@Validated
@ConfigurationProperties("descent")
record DatasetProperties(
        @NotNull Path home, @DefaultValue("4GB") DataSize maxUploadSize) {}
