package dev.descent.core.train.examples;

import dev.descent.core.data.Preprocessor;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.math.Precision;
import org.jspecify.annotations.Nullable;

/**
 * What a run needs of its data once every part is encoded. Excludes the table, so that its memory is free while the
 * network trains.
 *
 * @param validation, test null if there is no such part
 */
public record EncodedData(
        Preprocessor preprocessor,
        TargetEncoder target,
        ExampleSource train,
        @Nullable ExampleSource validation,
        @Nullable ExampleSource test)
        implements AutoCloseable {

    /**
     * Encodes all parts of the data.
     *
     * @param cancellationCheck called repeatedly; may throw to stop the work
     */
    public static EncodedData of(PreparedData data, Precision precision, Runnable cancellationCheck) {
        Examples train = data.encodeTraining(precision, cancellationCheck);
        Examples validation = null;
        try {
            validation = part(data, data.split().validation(), precision, cancellationCheck);
            Examples test = part(data, data.split().test(), precision, cancellationCheck);
            return new EncodedData(data.preprocessor(), data.target(), train, validation, test);
        } catch (RuntimeException | Error failure) {
            close(train);
            close(validation);
            throw failure;
        }
    }

    private static @Nullable Examples part(
            PreparedData data, int[] rows, Precision precision, Runnable cancellationCheck) {
        return rows.length == 0 ? null : data.encode(rows, precision, cancellationCheck);
    }

    @Override
    public void close() {
        close(train);
        close(validation);
        close(test);
    }

    private static void close(@Nullable ExampleSource part) {
        if (part != null) {
            part.close();
        }
    }
}
