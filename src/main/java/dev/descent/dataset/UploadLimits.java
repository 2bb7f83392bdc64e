package dev.descent.dataset;

import dev.descent.dataset.format.ContentLimits;
import dev.descent.dataset.format.RowLimits;
import dev.descent.dataset.profile.ProfileLimits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What an upload may ask of the service, beyond its size.
 *
 * @param maxRatio how many times as long as a compressed stream its content may be
 * @param ratioFrom content up to this size may have any ratio
 * @param maxRowLength the maximum number of characters in one row
 * @param timeLimit how long reading its rows may take
 */
record UploadLimits(
        @DefaultValue("250") @Min(2) @Max(2_000) int maxRatio,
        @DefaultValue("64MB") DataSize ratioFrom,

        @DefaultValue("50000000") @Min(1) @Max(2_000_000_000)
        int maxRows,

        @DefaultValue("10000") @Min(1) @Max(10_000) int maxColumns,

        @DefaultValue("1000000000") @Min(1) @Max(2_000_000_000)
        int maxCells,

        @DefaultValue("100000") @Min(1) @Max(1_000_000) int maxCellLength,
        @DefaultValue("1000000") @Min(1) @Max(16_000_000) int maxRowLength,
        @DefaultValue("1000") @Min(1) @Max(1_000) int maxNameLength,
        @DefaultValue("5m") Duration timeLimit) {

    static final UploadLimits DEFAULT = new UploadLimits(
            250,
            DataSize.ofMegabytes(64),
            50_000_000,
            10_000,
            1_000_000_000,
            100_000,
            1_000_000,
            1_000,
            Duration.ofMinutes(5));

    /** @param size the maximum size of an upload */
    ContentLimits ofContent(DataSize size) {
        return new ContentLimits(size.toBytes(), maxRatio, ratioFrom.toBytes());
    }

    /** @param size the maximum size of an upload */
    RowLimits ofRows(DataSize size) {
        return new RowLimits(
                maxColumns, maxNameLength, maxCellLength, maxRowLength, maxRows, maxCells, ofContent(size));
    }

    ProfileLimits ofProfile() {
        return new ProfileLimits(maxRows, maxCells, timeLimit);
    }
}
