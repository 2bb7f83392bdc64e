package dev.descent.dataset.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the library would allocate by. */
class ParquetGuardTest {

    private static final Path FILES = Path.of("src/test/resources/parquet");
    private static final int VALUES = 100;
    private static final long PLENTY = 1 << 20;

    @Test
    void aRowGroupMustFitIntoMemory() throws IOException {
        try (ParquetReader reader = ParquetReader.open(FILES.resolve("mixed_plain.parquet"), 1)) {
            assertThatThrownBy(reader::heapBytes)
                    .isInstanceOf(UnreadableParquetException.class)
                    .hasMessage(
                            "row group 1 of 1 takes 1 MB of memory; accepted: up to 0 MB; write the file with smaller row groups, or give the server a larger heap");
        }
    }

    @Test
    void whatARowGroupTakesIsKnownBeforeItIsRead() throws IOException {
        try (ParquetReader reader = ParquetReader.open(FILES.resolve("mixed_plain.parquet"))) {
            assertThat(reader.heapBytes()).isBetween(10_000L, 60_000L);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // The width, and a run of 2^27 groups of eight in two bytes.
        "RLE_DICTIONARY, 01 ffffffff03 0000, groups of 1 bits",
        "RLE_DICTIONARY, 00 ffffffff03, groups of 0 bits",
        // The length before it.
        "RLE, 05000000 ffffffff03, groups of 1 bits",
        // Blocks of 128 in four parts, with 2^31 - 1 values, or blocks of 2^30.
        "DELTA_BINARY_PACKED, 8001 04 ffffffff07 00, 2147483647 differences",
        "DELTA_LENGTH_BYTE_ARRAY, 8080808004 04 64 00, in blocks of 1073741824",
        // A first block of no values, and a second one that has too many.
        "DELTA_BYTE_ARRAY, 8001 04 00 00 8001 04 ffffffff07 00, 2147483647 differences",
        "DELTA_BYTE_ARRAY, 8001, A page ends too early"
    })
    void aPageHasNoMoreThanItClaims(Encoding encoding, String bytes, String fault) {
        byte[] page = HexFormat.of().parseHex(bytes.replace(" ", ""));
        for (boolean isSecond : new boolean[] {false, true}) {
            assertThatThrownBy(() -> read(encoding, page, isSecond, PLENTY)).hasMessageContaining(fault);
        }
    }

    /** A run of 13 groups of one bit, which become numbers. */
    @Test
    void whatDecodersHoldIsCounted() {
        byte[] page = HexFormat.of().parseHex("011b" + "ff".repeat(13));
        assertThat(read(Encoding.RLE_DICTIONARY, page, false, PLENTY)).isNotNull();
        assertThatThrownBy(() -> read(Encoding.RLE_DICTIONARY, page, false, 400))
                .hasMessage("Decoding takes 429 bytes; accepted: up to 400");
    }

    private static @Nullable DataPage read(Encoding encoding, byte[] bytes, boolean isSecond, long most) {
        PrimitiveType type = Types.required(PrimitiveTypeName.INT64).named("x");
        Statistics<?> none = Statistics.createStats(type);
        BytesInput content = BytesInput.from(bytes);
        DataPage page = isSecond
                ? DataPageV2.uncompressed(
                        VALUES, 0, VALUES, BytesInput.empty(), BytesInput.empty(), encoding, content, none)
                : new DataPageV1(content, VALUES, bytes.length, none, Encoding.RLE, Encoding.RLE, encoding);
        ColumnDescriptor column = new ColumnDescriptor(new String[] {"x"}, type, 0, 0);
        return new GuardedPages(new OnePage(page), most).getPageReader(column).readPage();
    }

    private record OnePage(DataPage page) implements PageReadStore, PageReader {

        @Override
        public PageReader getPageReader(ColumnDescriptor column) {
            return this;
        }

        @Override
        public long getRowCount() {
            return VALUES;
        }

        @Override
        public @Nullable DictionaryPage readDictionaryPage() {
            return null;
        }

        @Override
        public long getTotalValueCount() {
            return VALUES;
        }

        @Override
        public DataPage readPage() {
            return page;
        }
    }
}
