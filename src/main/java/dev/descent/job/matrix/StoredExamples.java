package dev.descent.job.matrix;

import dev.descent.core.train.examples.DataSize;
import dev.descent.core.train.examples.EncodedData;
import java.util.List;

/**
 * Encoded examples that were read from disk, or are read from there while they are used. Closing them ends their use.
 *
 * @param size without the table, which need not be read
 * @param warnings about the data
 */
public record StoredExamples(EncodedData data, DataSize size, List<String> warnings, Runnable release)
        implements AutoCloseable {

    @Override
    public void close() {
        try {
            data.close();
        } finally {
            release.run();
        }
    }
}
