package dev.descent.job;

import dev.descent.core.nn.Matrix;
import dev.descent.core.nn.Precision;
import dev.descent.core.train.NamedWeights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Named matrices as bytes: the length of a JSON header (8 bytes, little endian), the header, then all numbers as float32, little endian. The header
 * says type, shape and place of each matrix, and holds texts under {@code __metadata__}.
 *
 * <p>Source: the safetensors format, <a href="https://github.com/huggingface/safetensors">github.com/huggingface/safetensors</a>.
 */
public final class Safetensors {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String METADATA = "__metadata__";
    private static final int LENGTH_BYTES = Long.BYTES;

    private Safetensors() {}

    /**
     * What a file holds.
     *
     * @param matrices by name, in the order of the file
     */
    public record Content(Map<String, String> metadata, Map<String, Matrix> matrices) implements AutoCloseable {
        @Override
        public void close() {
            matrices.values().forEach(Matrix::close);
        }
    }

    public static byte[] write(List<NamedWeights> matrices, Map<String, String> metadata) {
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
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(LENGTH_BYTES + json.length + end))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        FloatBuffer numbers = bytes.asFloatBuffer();
        for (NamedWeights matrix : matrices) {
            for (int i = 0; i < matrix.values().size(); i++) {
                numbers.put((float) matrix.values().get(i));
            }
        }
        return bytes.array();
    }

    /** A bias is a vector to everyone else, not a matrix of one row. */
    private static List<Integer> shape(NamedWeights matrix) {
        int rows = matrix.values().rows();
        int columns = matrix.values().columns();
        return matrix.name().endsWith(".bias") ? List.of(columns) : List.of(rows, columns);
    }

    /** The format asks for a header of a multiple of 8 bytes, filled up with blanks. */
    private static byte[] padded(byte[] json) {
        byte[] padded = new byte[(json.length + 7) / 8 * 8];
        java.util.Arrays.fill(padded, (byte) ' ');
        System.arraycopy(json, 0, padded, 0, json.length);
        return padded;
    }

    /** @throws IllegalArgumentException where the bytes are not what {@link #write} makes */
    public static Content read(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        long length = file.length < LENGTH_BYTES ? -1 : bytes.getLong();
        if (length < 0 || length > bytes.remaining()) {
            throw new IllegalArgumentException("No safetensors: a header of %d bytes".formatted(length));
        }
        JsonNode header = JSON.readTree(new String(file, LENGTH_BYTES, (int) length, StandardCharsets.UTF_8));
        bytes.position(LENGTH_BYTES + (int) length);
        FloatBuffer numbers = bytes.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        Map<String, String> metadata = new LinkedHashMap<>();
        Map<String, Matrix> matrices = new LinkedHashMap<>();
        header.properties().forEach(entry -> {
            if (entry.getKey().equals(METADATA)) {
                entry.getValue()
                        .properties()
                        .forEach(text ->
                                metadata.put(text.getKey(), text.getValue().asString()));
            } else {
                matrices.put(entry.getKey(), matrix(entry.getValue(), numbers));
            }
        });
        return new Content(metadata, matrices);
    }

    private static Matrix matrix(JsonNode entry, FloatBuffer numbers) {
        List<Integer> shape = new ArrayList<>();
        entry.get("shape").forEach(size -> shape.add(size.asInt()));
        int columns = shape.get(shape.size() - 1);
        Matrix matrix = Matrix.zeros(Precision.FLOAT32, shape.size() == 1 ? 1 : shape.get(0), columns);
        int start = entry.get("data_offsets").get(0).asInt() / Float.BYTES;
        for (int i = 0; i < matrix.size(); i++) {
            matrix.set(i, numbers.get(start + i));
        }
        return matrix;
    }
}
