package dev.descent.dataset.parquet;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesReader;
import org.apache.parquet.io.ParquetDecodingException;
import org.jspecify.annotations.Nullable;

/**
 * Pages whose runs and blocks claim no more values than the page has: the decoders allocate whatever those claim. What
 * they hold of all columns is counted.
 */
final class GuardedPages implements PageReadStore {

    /** Of differences; 128 is usual. */
    private static final int LARGEST_BLOCK = 1 << 16;

    /** Values that stand together in a run. */
    private static final int GROUP = 8;

    /** How many groups a run may have beyond its bytes, as one of no bits has. */
    private static final int SPARE_GROUPS = 64;

    private final PageReadStore pages;
    private final long most;
    private long decoded;

    /** @param most bytes that decoders may hold */
    GuardedPages(PageReadStore pages, long most) {
        this.pages = pages;
        this.most = most;
    }

    @Override
    public PageReader getPageReader(ColumnDescriptor column) {
        return new Guarded(pages.getPageReader(column), column.getMaxDefinitionLevel() > 0);
    }

    @Override
    public long getRowCount() {
        return pages.getRowCount();
    }

    /** The pages of a column. */
    private final class Guarded implements PageReader {

        private final PageReader pages;
        private final boolean isOptional;
        private long held;

        Guarded(PageReader pages, boolean isOptional) {
            this.pages = pages;
            this.isOptional = isOptional;
        }

        @Override
        public @Nullable DictionaryPage readDictionaryPage() {
            return pages.readDictionaryPage();
        }

        @Override
        public long getTotalValueCount() {
            return pages.getTotalValueCount();
        }

        @Override
        public @Nullable DataPage readPage() {
            DataPage page = pages.readPage();
            try {
                if (page instanceof DataPageV1 first) {
                    hold(decoded(first));
                } else if (page instanceof DataPageV2 second) {
                    hold(decoded(second));
                    return inOnePiece(second);
                }
            } catch (IOException tooShort) {
                throw new UncheckedIOException("A page ends too early", tooShort);
            }
            return page;
        }

        private void hold(long bytes) {
            decoded += bytes - held;
            held = bytes;
            if (decoded > most) {
                throw new ParquetDecodingException(
                        "Decoding takes %d bytes; accepted: up to %d".formatted(decoded, most));
            }
        }

        private long decoded(DataPageV1 page) throws IOException {
            ByteBufferInputStream in = page.getBytes().toInputStream();
            long levels = 0;
            if (isOptional && page.getDlEncoding() == Encoding.RLE) {
                levels = runs(in.sliceStream(BytesUtils.readIntLittleEndian(in)), 1, page.getValueCount());
            } else if (isOptional) {
                in.skipFully(BytesUtils.paddedByteCountFromBits(page.getValueCount()));
            }
            return levels + values(page.getValueEncoding(), in, page.getValueCount());
        }

        private long decoded(DataPageV2 page) throws IOException {
            int count = page.getValueCount();
            long levels = isOptional ? runs(page.getDefinitionLevels().toInputStream(), 1, count) : 0;
            return levels + values(page.getDataEncoding(), page.getData().toInputStream(), count);
        }

        /** Where the values are in several buffers, the library allocates by the length of a text to join them. */
        private DataPage inOnePiece(DataPageV2 page) throws IOException {
            return DataPageV2.uncompressed(
                    page.getRowCount(),
                    page.getNullCount(),
                    page.getValueCount(),
                    page.getRepetitionLevels(),
                    page.getDefinitionLevels(),
                    page.getDataEncoding(),
                    BytesInput.from(page.getData().toInputStream().readAllBytes()),
                    page.getStatistics());
        }
    }

    /** @return what is held of the values, other than the page itself */
    private static long values(Encoding encoding, ByteBufferInputStream in, int count) throws IOException {
        return switch (encoding) {
            case PLAIN_DICTIONARY, RLE_DICTIONARY ->
                in.available() == 0 ? 0 : runs(in, BytesUtils.readIntLittleEndianOnOneByte(in), count);
            case RLE -> runs(in.sliceStream(BytesUtils.readIntLittleEndian(in)), 1, count);
            case DELTA_BINARY_PACKED, DELTA_LENGTH_BYTE_ARRAY -> blocks(in, count);
            case DELTA_BYTE_ARRAY -> {
                long prefixes = blocks(in, count);
                new DeltaBinaryPackingValuesReader().initFromPage(count, in);
                yield prefixes + blocks(in, count);
            }
            // They have as many values as bytes.
            case PLAIN, BYTE_STREAM_SPLIT, BIT_PACKED -> 0;
        };
    }

    /** Runs of equal values, or of groups of eight with so many bits each, of which the largest is held. */
    private static long runs(ByteBufferInputStream in, int bits, int values) throws IOException {
        long left = values;
        long largest = 0;
        while (left > 0 && in.available() > 0) {
            int header = BytesUtils.readUnsignedVarInt(in);
            long count = Integer.toUnsignedLong(header) >>> 1;
            if ((header & 1) == 0) {
                in.skipFully(Math.min(in.available(), BytesUtils.paddedByteCountFromBits(bits)));
                left -= count;
                continue;
            }
            long width = Math.max(1, bits);
            boolean isWithin = count * width <= in.available() + SPARE_GROUPS * width;
            if (!isWithin || count > (left + GROUP - 1) / GROUP + SPARE_GROUPS) {
                throw new ParquetDecodingException("A run has %d groups of %d bits in %d bytes for %d values"
                        .formatted(count, bits, in.available(), left));
            }
            in.skipFully(Math.min(in.available(), count * bits));
            left -= GROUP * count;
            largest = Math.max(largest, count * (GROUP * Integer.BYTES + bits));
        }
        return largest;
    }

    /** Blocks of differences; their header is read once more by whoever decodes them. */
    private static long blocks(ByteBufferInputStream in, int values) throws IOException {
        in.mark(Long.BYTES * Integer.BYTES);
        int block = BytesUtils.readUnsignedVarInt(in);
        int parts = BytesUtils.readUnsignedVarInt(in);
        int total = BytesUtils.readUnsignedVarInt(in);
        in.reset();
        if (block <= 0 || block > LARGEST_BLOCK || parts <= 0 || parts > block / GROUP || total < 0 || total > values) {
            throw new ParquetDecodingException("%d differences are in blocks of %d, with %d parts, for %d values"
                    .formatted(total, block, parts, values));
        }
        return Long.BYTES * ((long) total + block);
    }
}
