package dev.descent.format;

import dev.descent.core.Count;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import dev.descent.core.train.evaluate.NamedWeights;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Named matrices as bytes: the length of a JSON header (8 bytes, little endian), the header, then all numbers as
 * little-endian float32. The header gives the type, shape and offset of each matrix, and holds strings under
 * {@code __metadata__}.
 *
 * <p>Source: the safetensors format, <a
 * href="https://github.com/huggingface/safetensors">github.com/huggingface/safetensors</a>.
 */
public final class Safetensors {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final String METADATA = "__metadata__";
    private static final int LENGTH_BYTES = Long.BYTES;

    /** Of a header, which is read as a whole; that of a network with 10,000 layers takes a tenth of it. */
    private static final int MAX_HEADER = 16_000_000;

    private Safetensors() {}

    /**
     * The content of a file.
     *
     * @param matrices by name, in file order
     */
    public record Content(Map<String, String> metadata, Map<String, Matrix> matrices) implements AutoCloseable {
        @Override
        public void close() {
            matrices.values().forEach(Matrix::close);
        }
    }

    /** The only thing that {@link #read} throws, whatever the bytes. */
    public static final class MalformedException extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        private MalformedException(String violation, @Nullable Throwable cause) {
            super("No safetensors: " + violation, cause);
        }
    }

    public static byte[] write(List<NamedWeights> matrices, Map<String, String> metadata) {
        byte[] header = header(matrices, metadata);
        long numbers =
                matrices.stream().mapToLong(matrix -> matrix.values().size()).sum();
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(header.length + numbers * Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(header);
        for (NamedWeights matrix : matrices) {
            put(matrix, 0, matrix.values().size(), bytes);
        }
        return bytes.array();
    }

    /** The same without having all of it in memory. */
    public static void write(List<NamedWeights> matrices, Map<String, String> metadata, OutputStream target)
            throws IOException {
        target.write(header(matrices, metadata));
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        int atOnce = bytes.capacity() / Float.BYTES;
        for (NamedWeights matrix : matrices) {
            for (int from = 0; from < matrix.values().size(); from += atOnce) {
                put(matrix, from, Math.min(from + atOnce, matrix.values().size()), bytes.clear());
                target.write(bytes.array(), 0, bytes.position());
            }
        }
    }

    private static void put(NamedWeights matrix, int from, int to, ByteBuffer bytes) {
        for (int i = from; i < to; i++) {
            bytes.putFloat((float) matrix.values().get(i));
        }
    }

    /** With its length in front. */
    private static byte[] header(List<NamedWeights> matrices, Map<String, String> metadata) {
        ObjectNode header = JSON.createObjectNode();
        ObjectNode texts = header.putObject(METADATA);
        metadata.forEach(texts::put);
        long end = 0;
        for (NamedWeights matrix : matrices) {
            ObjectNode entry = header.putObject(matrix.name()).put("dtype", "F32");
            shape(matrix).forEach(entry.putArray("shape")::add);
            long start = end;
            end += (long) matrix.values().size() * Float.BYTES;
            entry.putArray("data_offsets").add(start).add(end);
        }
        byte[] json = padded(JSON.writeValueAsBytes(header));
        return ByteBuffer.allocate(LENGTH_BYTES + json.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .array();
    }

    /** Other tools expect a bias to be a vector, not a matrix with one row. */
    private static List<Integer> shape(NamedWeights matrix) {
        int rows = matrix.values().rows();
        int columns = matrix.values().columns();
        return matrix.name().endsWith(".bias") ? List.of(columns) : List.of(rows, columns);
    }

    /** The format requires the header length to be a multiple of 8 bytes, padded with spaces. */
    private static byte[] padded(byte[] json) {
        byte[] padded = new byte[(json.length + 7) / 8 * 8];
        java.util.Arrays.fill(padded, (byte) ' ');
        System.arraycopy(json, 0, padded, 0, json.length);
        return padded;
    }

    /**
     * Validates the whole file before creating any matrix, so that they never take more memory than the file.
     *
     * @throws MalformedException if the bytes are not in the form that {@link #write} produces
     */
    public static Content read(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        long length = file.length < LENGTH_BYTES ? -1 : bytes.getLong();
        check(
                length >= 0 && length <= Math.min(bytes.remaining(), MAX_HEADER),
                "a header of " + Count.of(length, "byte"));
        JsonNode header = header(bytes.slice(LENGTH_BYTES, (int) length));
        ByteBuffer numbers = bytes.position(LENGTH_BYTES + (int) length).slice().order(ByteOrder.LITTLE_ENDIAN);
        Map<String, String> metadata = new LinkedHashMap<>();
        Map<String, Shape> shapes = new LinkedHashMap<>();
        long end = 0;
        for (Map.Entry<String, JsonNode> entry : header.properties()) {
            if (entry.getKey().equals(METADATA)) {
                metadata.putAll(texts(entry.getValue()));
            } else {
                Shape shape = shape(entry.getKey(), entry.getValue(), end);
                shapes.put(entry.getKey(), shape);
                end += shape.bytes();
            }
        }
        check(
                end == numbers.remaining(),
                "%s of numbers instead of %d".formatted(Count.of(numbers.remaining(), "byte"), end));
        Map<String, Matrix> matrices = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> matrices.put(name, matrix(shape, numbers)));
        return new Content(metadata, matrices);
    }

    private static void check(boolean fine, String violation) {
        if (!fine) {
            throw new MalformedException(violation, null);
        }
    }

    private static JsonNode header(ByteBuffer json) {
        try {
            JsonNode header = JSON.readTree(
                    StandardCharsets.UTF_8.newDecoder().decode(json).toString());
            check(header.isObject(), "the header is no JSON object");
            return header;
        } catch (CharacterCodingException | JacksonException malformed) {
            throw new MalformedException("the header is no JSON", malformed);
        }
    }

    private static Map<String, String> texts(JsonNode metadata) {
        check(metadata.isObject(), METADATA + " is no object");
        Map<String, String> texts = new LinkedHashMap<>();
        metadata.properties().forEach(text -> {
            check(text.getValue().isString(), METADATA + " holds something else than strings");
            texts.put(text.getKey(), text.getValue().asString());
        });
        return texts;
    }

    private record Shape(int rows, int columns) {

        long bytes() {
            return (long) rows * columns * Float.BYTES;
        }
    }

    /** @param start the end offset of the previous matrix: {@link #write} leaves no gaps */
    private static Shape shape(String name, JsonNode entry, long start) {
        check(entry.path("dtype").asString("").equals("F32"), "\"%s\" is not of type F32".formatted(name));
        JsonNode sizes = entry.path("shape");
        check(sizes.size() == 1 || sizes.size() == 2, "\"%s\" is neither vector nor matrix".formatted(name));
        Shape shape =
                new Shape(sizes.size() == 1 ? 1 : size(name, sizes.path(0)), size(name, sizes.path(sizes.size() - 1)));
        check(
                (long) shape.rows() * shape.columns() <= Matrix.MAX_ELEMENTS,
                "\"%s\" has more than %d elements".formatted(name, Matrix.MAX_ELEMENTS));
        JsonNode offsets = entry.path("data_offsets");
        check(
                offsets.size() == 2
                        && isNumber(offsets.path(0), start)
                        && isNumber(offsets.path(1), start + shape.bytes()),
                "\"%s\" does not lie where its shape says".formatted(name));
        return shape;
    }

    private static boolean isNumber(JsonNode node, long expected) {
        return node.isIntegralNumber() && node.canConvertToLong() && node.asLong() == expected;
    }

    private static int size(String name, JsonNode size) {
        check(
                size.isIntegralNumber() && size.canConvertToInt() && size.asInt() >= 0,
                "\"%s\" has a size that is none".formatted(name));
        return size.asInt();
    }

    /** Reads the next numbers. */
    private static Matrix matrix(Shape shape, ByteBuffer numbers) {
        Matrix matrix = Matrix.zeros(Precision.FLOAT32, shape.rows(), shape.columns());
        for (int i = 0; i < matrix.size(); i++) {
            matrix.set(i, numbers.getFloat());
        }
        return matrix;
    }
}
