package dev.descent.dataset.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;
import shaded.parquet.org.apache.thrift.protocol.TProtocolUtil;

/**
 * What stands at the end of a file.
 *
 * @param metadata of the columns that are flat. Their names there are their numbers, because those in the file may be
 *     empty or the same; row groups are in it if all columns are read, except those without rows.
 */
record Footer(long rows, List<Column> columns, ParquetMetadata metadata) {

    /** A column; its text is null if it is of a type that is not read, which the label names. */
    record Column(String name, @Nullable ValueText text, String label) {}

    private static final String MAGIC = "PAR1";
    private static final String ENCRYPTED = "PARE";
    private static final int MAGIC_LENGTH = 4;

    /** The length of the metadata, and the magic once more. */
    private static final int TAIL = Integer.BYTES + MAGIC_LENGTH;

    /** Of the metadata, which takes some thirty times as much in memory: a thousand columns have less than 300 kB. */
    private static final long LONGEST =
            Math.max(1L << 20, Math.min(1L << 25, Runtime.getRuntime().maxMemory() / 64));

    private static final int MOST_CHUNKS = 1 << 19;
    private static final int DEEPEST = 64;

    static {
        // Of what a file has that the library does not know.
        TProtocolUtil.setMaxSkipDepth(DEEPEST);
    }

    static Footer read(FileChannel file) throws IOException {
        long size = file.size();
        if (size < MAGIC_LENGTH + TAIL) {
            throw new UnreadableParquetException("it has %d bytes, which is too short for one".formatted(size));
        }
        requireMagic(text(bytes(file, 0, MAGIC_LENGTH)), "begins");
        byte[] tail = bytes(file, size - TAIL, TAIL);
        requireMagic(text(tail).substring(Integer.BYTES), "ends");
        long length = Integer.toUnsignedLong(
                ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt());
        long end = size - TAIL - length;
        if (end < MAGIC_LENGTH) {
            throw new UnreadableParquetException(
                    "its metadata is to have %d bytes, but the file has %d".formatted(length, size));
        }
        if (length > LONGEST) {
            throw new UnreadableParquetException(
                    "its metadata has %d bytes; accepted: up to %d, which larger or fewer row groups need"
                            .formatted(length, LONGEST));
        }
        byte[] bytes = bytes(file, end, (int) length);
        try {
            return of(Util.readFileMetaData(new ByteArrayInputStream(bytes), bytes.length), end);
        } catch (UnreadableParquetException refused) {
            throw refused;
        } catch (IOException | RuntimeException damaged) {
            throw UnreadableParquetException.of("its metadata is damaged", damaged);
        }
    }

    /** Bytes that are within the file. */
    static byte[] bytes(FileChannel file, long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && file.read(bytes, from + bytes.position()) >= 0) {
            // It may take several.
        }
        return bytes.array();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static void requireMagic(String magic, String place) throws UnreadableParquetException {
        if (magic.equals(ENCRYPTED)) {
            throw new UnreadableParquetException("it is encrypted");
        }
        if (!magic.equals(MAGIC)) {
            throw new UnreadableParquetException("it %s with other bytes than %s%s"
                    .formatted(place, MAGIC, place.equals("ends") ? ", as if its end were missing" : ""));
        }
    }

    private static Footer of(FileMetaData file, long end) throws IOException {
        if (file.isSetEncryption_algorithm()) {
            throw new UnreadableParquetException("it is encrypted");
        }
        List<SchemaElement> all = Objects.requireNonNull(file.getSchema());
        List<SchemaElement> flat = new ArrayList<>(all.subList(0, 1));
        List<SchemaElement> top = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 1; i < all.size(); i++) {
            SchemaElement element = all.get(i);
            top.add(element);
            names.add(element.getName());
            if (isFlat(element)) {
                flat.add(element.setName(Integer.toString(flat.size())));
            }
            // What a column consists of follows it.
            for (long inner = Math.max(0, element.getNum_children()); inner > 0 && i + 1 < all.size(); inner--) {
                i++;
                inner += Math.max(0, all.get(i).getNum_children());
            }
        }
        all.get(0).setNum_children(flat.size() - 1);
        List<RowGroup> groups = Objects.requireNonNull(file.getRow_groups());
        file.setSchema(flat).setRow_groups(List.of()).unsetColumn_orders();
        ParquetMetadata metadata = new ParquetMetadataConverter().fromParquetMetadata(file);
        List<Column> columns = columns(top, names, metadata);
        if (columns.stream().allMatch(column -> column.text() != null)) {
            new Groups(columns, flat, end).check(groups, file.getNum_rows());
            groups.removeIf(group -> group.getNum_rows() == 0);
            metadata = new ParquetMetadataConverter().fromParquetMetadata(file.setRow_groups(groups));
        }
        return new Footer(file.getNum_rows(), columns, metadata);
    }

    private static boolean isFlat(SchemaElement element) {
        return element.getNum_children() <= 0
                && element.isSetType()
                && element.getRepetition_type() != FieldRepetitionType.REPEATED;
    }

    private static List<Column> columns(List<SchemaElement> top, List<String> names, ParquetMetadata metadata) {
        List<Type> types = metadata.getFileMetaData().getSchema().getFields();
        List<Column> columns = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < top.size(); i++) {
            if (isFlat(top.get(i))) {
                PrimitiveType type = types.get(next++).asPrimitiveType();
                columns.add(new Column(names.get(i), ValueText.of(type), label(type)));
            } else {
                columns.add(new Column(names.get(i), null, label(top.get(i))));
            }
        }
        return columns;
    }

    private static String label(SchemaElement nested) {
        LogicalType meaning = nested.getLogicalType();
        ConvertedType older = nested.getConverted_type();
        boolean isMap = meaning == null
                ? older == ConvertedType.MAP || older == ConvertedType.MAP_KEY_VALUE
                : meaning.isSetMAP();
        boolean isList = meaning == null ? older == ConvertedType.LIST : meaning.isSetLIST();
        if (nested.getNum_children() <= 0) {
            return "a list";
        }
        return isMap ? "a map" : isList ? "a list" : "a struct";
    }

    private static String label(PrimitiveType type) {
        PrimitiveTypeName storage = type.getPrimitiveTypeName();
        String stored = storage == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY
                ? "%s(%d)".formatted(storage, type.getTypeLength())
                : storage == PrimitiveTypeName.BINARY ? "BYTE_ARRAY" : storage.name();
        LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
        return meaning == null ? stored : "%s as %s".formatted(meaning, stored);
    }

    /** Whether the row groups are what they must be. */
    private record Groups(List<Column> columns, List<SchemaElement> schema, long end) {

        void check(List<RowGroup> groups, long rows) throws UnreadableParquetException {
            if ((long) groups.size() * Math.max(1, columns.size()) > MOST_CHUNKS) {
                throw new UnreadableParquetException(
                        "it has %d row groups of %d columns; accepted: up to %d together, which larger row groups make"
                                .formatted(groups.size(), columns.size(), MOST_CHUNKS));
            }
            long left = rows;
            for (int i = 0; i < groups.size(); i++) {
                RowGroup group = groups.get(i);
                List<ColumnChunk> chunks = Objects.requireNonNull(group.getColumns());
                left -= group.getNum_rows();
                if (group.getNum_rows() < 0 || left < 0 || chunks.size() != columns.size()) {
                    throw new UnreadableParquetException(
                            "its metadata is damaged: row group %d has %d rows in %d columns of %d"
                                    .formatted(i + 1, group.getNum_rows(), chunks.size(), columns.size()));
                }
                for (int k = 0; group.getNum_rows() > 0 && k < columns.size(); k++) {
                    check(chunks.get(k), k, group.getNum_rows());
                }
            }
            if (left != 0) {
                throw new UnreadableParquetException(
                        "its metadata is damaged: it has %d rows, but its row groups have others".formatted(rows));
            }
        }

        private void check(ColumnChunk chunk, int number, long rows) throws UnreadableParquetException {
            String name = columns.get(number).name();
            if (chunk.isSetFile_path()) {
                throw new UnreadableParquetException(
                        "the values of column \"%.80s\" are in another file; accepted: one that has them all"
                                .formatted(name));
            }
            if (chunk.isSetCrypto_metadata()) {
                throw new UnreadableParquetException("its column \"%.80s\" is encrypted".formatted(name));
            }
            ColumnMetaData values = Objects.requireNonNull(chunk.getMeta_data());
            CompressionCodec codec = Objects.requireNonNull(values.getCodec());
            if (!PageCodecs.isRead(codec)) {
                throw new UnreadableParquetException(
                        "its column \"%.80s\" is compressed with %s; accepted: uncompressed, snappy, gzip, zstd and LZ4_RAW"
                                .formatted(name, codec));
            }
            long dictionary = values.getDictionary_page_offset();
            long start = dictionary > 0 && dictionary < values.getData_page_offset()
                    ? dictionary
                    : values.getData_page_offset();
            long length = values.getTotal_compressed_size();
            boolean isThere = start >= MAGIC_LENGTH && length >= 0 && start <= end && length <= end - start;
            if (!isThere
                    || values.getTotal_uncompressed_size() < 0
                    || values.getNum_values() != rows
                    || values.getType() != schema.get(number + 1).getType()) {
                throw new UnreadableParquetException(
                        "its metadata is damaged: the values of column \"%.80s\" are not where or what they are to be"
                                .formatted(name));
            }
            values.setPath_in_schema(List.of(schema.get(number + 1).getName()));
            // What nobody asks for, and need not be right.
            values.unsetStatistics();
            values.unsetSize_statistics();
            values.unsetGeospatial_statistics();
        }
    }
}
