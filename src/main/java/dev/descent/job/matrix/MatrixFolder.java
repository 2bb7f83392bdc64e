package dev.descent.job.matrix;

import dev.descent.core.data.Preprocessor;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.data.split.PartSizes;
import dev.descent.core.math.MappedMatrix;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import dev.descent.core.train.examples.DataSize;
import dev.descent.core.train.examples.EncodedData;
import dev.descent.core.train.examples.ExampleSource;
import dev.descent.core.train.examples.Examples;
import dev.descent.core.train.examples.MappedExamples;
import dev.descent.core.train.examples.PreparedData;
import dev.descent.format.Npy;
import dev.descent.request.StoredJson;
import dev.descent.store.DiskSpace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The files of the encoded examples of one key. For each part, as far as there are any: {@code train.npy} has the inputs,
 * {@code train-targets.npy} and {@code train-weights.npy} what their names say; {@code encoded.json} has the rest.
 */
final class MatrixFolder {

    static final String DESCRIPTION = "encoded.json";

    private static final String TRAIN = "train";
    private static final String VALIDATION = "validation";
    private static final String TEST = "test";

    private final Path folder;
    private final StoredJson json;

    MatrixFolder(Path folder, StoredJson json) {
        this.folder = folder;
        this.json = json;
    }

    private Path file(String part, String what) {
        return folder.resolve(part + what + ".npy");
    }

    /** The bytes that {@link #write} needs at least. */
    static long bytes(PreparedData data) {
        PartSizes parts = data.split().sizes();
        long rows = (long) parts.train() + parts.validation() + parts.test();
        return rows
                * (data.preprocessor().width() + data.target().columns() + (data.isWeighted() ? 1 : 0))
                * Float.BYTES;
    }

    /**
     * Encodes all parts.
     *
     * @param cancellationCheck called repeatedly; may throw to stop the work
     */
    void write(PreparedData data, List<String> warnings, DiskSpace disk, Runnable cancellationCheck)
            throws IOException {
        boolean[] used = writePart(TRAIN, data.split().train(), data, disk, cancellationCheck);
        writePart(VALIDATION, data.split().validation(), data, disk, cancellationCheck);
        writePart(TEST, data.split().test(), data, disk, cancellationCheck);
        MatrixDescription description = new MatrixDescription(
                data.preprocessor().encoders(),
                data.target(),
                data.table().rows(),
                data.split().train().length,
                data.split().validation().length,
                data.split().test().length,
                IntStream.range(0, used.length)
                        .filter(input -> !used[input])
                        .boxed()
                        .toList(),
                warnings);
        byte[] bytes = json.write(description).getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(
                folder.resolve(DESCRIPTION), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    private boolean[] writePart(String part, int[] rows, PreparedData data, DiskSpace disk, Runnable cancellationCheck)
            throws IOException {
        if (rows.length == 0) {
            return new boolean[0];
        }
        boolean[] used;
        try (MatrixWriter writer = new MatrixWriter(
                file(part, ""), rows.length, data.preprocessor().width(), disk)) {
            PreparedData.InputSink sink = (index, inputs) -> writer.row(inputs);
            if (part.equals(TRAIN)) {
                data.encodeTrainingInputs(sink, cancellationCheck);
            } else {
                data.encodeInputs(rows, sink, cancellationCheck);
            }
            writer.finish();
            used = writer.used();
        }
        writeMatrix(file(part, "-targets"), data.targets(rows, Precision.FLOAT32), disk);
        writeMatrix(file(part, "-weights"), data.weights(rows, Precision.FLOAT32), disk);
        return used;
    }

    private static void writeMatrix(Path file, @Nullable Matrix matrix, DiskSpace disk) throws IOException {
        if (matrix != null) {
            try (matrix) {
                MatrixWriter.write(file, matrix, disk);
            }
        }
    }

    /**
     * Opens the parts.
     *
     * @param weighted whether examples have weights
     * @param inMemory whether the inputs are copied into memory
     * @throws IOException if the files are not as they were written, as far as their lengths and headers tell
     */
    StoredExamples read(boolean weighted, boolean inMemory, Runnable release) throws IOException {
        MatrixDescription description = description();
        PartSizes sizes = description.parts();
        Preprocessor preprocessor = new Preprocessor(description.encoders());
        TargetEncoder target = description.target();
        boolean[] used = new boolean[preprocessor.width()];
        Arrays.fill(used, true);
        description.unused().forEach(input -> used[input] = false);
        Form form = new Form(used, target.columns(), weighted, inMemory);
        ExampleSource train = null;
        ExampleSource validation = null;
        EncodedData data;
        try {
            train = part(TRAIN, sizes.train(), form);
            validation = sizes.validation() == 0 ? null : part(VALIDATION, sizes.validation(), form);
            ExampleSource test = sizes.test() == 0 ? null : part(TEST, sizes.test(), form);
            data = new EncodedData(preprocessor, target, train, validation, test);
        } catch (IOException | RuntimeException | Error failure) {
            close(train);
            close(validation);
            throw failure;
        }
        DataSize size = new DataSize(
                description.tableRows(),
                0,
                (long) sizes.train() + sizes.validation() + sizes.test(),
                sizes,
                target.columns(),
                weighted,
                false,
                1,
                true);
        return new StoredExamples(data, size, description.warnings(), release);
    }

    private MatrixDescription description() throws IOException {
        Path file = folder.resolve(DESCRIPTION);
        try {
            return json.read(Files.readString(file), MatrixDescription.class);
        } catch (JacksonException | IllegalStateException damaged) {
            throw new IOException(file + " is not as it was written", damaged);
        }
    }

    /** What the parts have in common. */
    private record Form(boolean[] used, int targets, boolean weighted, boolean inMemory) {}

    private ExampleSource part(String part, int rows, Form form) throws IOException {
        MappedMatrix inputs = map(file(part, ""), rows, form.used().length);
        Matrix targets = null;
        Matrix weights = null;
        try {
            targets = form.targets() == 0 ? null : load(map(file(part, "-targets"), rows, form.targets()));
            weights = form.weighted() ? load(map(file(part, "-weights"), rows, 1)) : null;
            if (!form.inMemory()) {
                return new MappedExamples(inputs, targets, weights, form.used());
            }
            Matrix loaded = load(inputs);
            return new Examples(loaded, targets == null ? loaded : targets, weights);
        } catch (IOException | RuntimeException | Error failure) {
            close(targets);
            close(weights);
            throw failure;
        }
    }

    private static void close(@Nullable Matrix matrix) {
        if (matrix != null) {
            matrix.close();
        }
    }

    private static void close(@Nullable ExampleSource part) {
        if (part != null) {
            part.close();
        }
    }

    private static MappedMatrix map(Path file, int rows, int columns) throws IOException {
        Npy.Layout layout = Npy.read(file);
        if (layout.rows() != rows || layout.columns() != columns) {
            throw new IOException("%s has %d × %d numbers, not %d × %d"
                    .formatted(file, layout.rows(), layout.columns(), rows, columns));
        }
        return MappedMatrix.of(file, layout.offset(), rows, columns);
    }

    private static Matrix load(MappedMatrix mapped) {
        Matrix loaded = Matrix.zeros(Precision.FLOAT32, mapped.rows(), mapped.columns());
        try {
            for (int row = 0; row < mapped.rows(); row++) {
                mapped.copyRow(row, loaded, row);
            }
            return loaded;
        } catch (RuntimeException | Error failure) {
            loaded.close();
            throw failure;
        }
    }
}
