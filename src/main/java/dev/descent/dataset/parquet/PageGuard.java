package dev.descent.dataset.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;
import shaded.parquet.org.apache.thrift.TConfiguration;
import shaded.parquet.org.apache.thrift.TException;
import shaded.parquet.org.apache.thrift.protocol.TCompactProtocol;
import shaded.parquet.org.apache.thrift.transport.TIOStreamTransport;

/**
 * Walks the headers of a column's pages before the library does, which allocates whatever they claim.
 */
final class PageGuard {

    private static final int LONGEST_HEADER = 1 << 16;
    private static final int DEEPEST = 64;

    /** What a value of a dictionary takes as an object, beside its bytes. */
    private static final int HEAP_PER_OBJECT = 56;

    private final FileChannel file;
    private final ColumnChunkMetaData chunk;
    private final long end;
    private long at;
    private long values;
    private long bytes;
    private long largest;
    private long dictionary;

    private PageGuard(FileChannel file, ColumnChunkMetaData chunk) {
        this.file = file;
        this.chunk = chunk;
        this.at = chunk.getStartingPos();
        this.end = at + chunk.getTotalSize();
    }

    /**
     * What a column needs.
     *
     * @param bytes of all its pages, decompressed
     * @param heap what reading it takes: the pages as they are in the file, the largest one decompressed, and the
     *     dictionary
     */
    record Need(long bytes, long heap) {}

    /** @throws UnreadableParquetException if pages are not within their chunk, or are larger than the footer says */
    static Need of(FileChannel file, ColumnChunkMetaData chunk) throws IOException {
        PageGuard guard = new PageGuard(file, chunk);
        while (guard.values < chunk.getValueCount()) {
            guard.walk();
        }
        if (guard.values != chunk.getValueCount()) {
            throw damaged("its pages have %d values instead of %d".formatted(guard.values, chunk.getValueCount()));
        }
        return new Need(guard.bytes, chunk.getTotalSize() + guard.largest + guard.dictionary);
    }

    private void walk() throws IOException {
        byte[] start = Footer.bytes(file, at, (int) Math.min(LONGEST_HEADER, end - at));
        ByteArrayInputStream in = new ByteArrayInputStream(start);
        PageHeader header = new PageHeader();
        try {
            TConfiguration limits = new TConfiguration(Math.max(1, start.length), start.length, DEEPEST);
            header.read(new TCompactProtocol(new TIOStreamTransport(limits, in)));
        } catch (TException | RuntimeException unreadable) {
            throw UnreadableParquetException.of("the header of a page is damaged", unreadable);
        }
        at += start.length - in.available();
        long size = header.getUncompressed_page_size();
        long compressed = header.getCompressed_page_size();
        if (size < 0 || compressed < 0 || compressed > end - at) {
            throw damaged("a page of %d bytes, compressed %d, is not within the %d bytes of its column"
                    .formatted(size, compressed, chunk.getTotalSize()));
        }
        bytes += size;
        if (bytes > chunk.getTotalUncompressedSize()) {
            throw damaged("its pages have more bytes than the %d that the metadata says"
                    .formatted(chunk.getTotalUncompressedSize()));
        }
        at += compressed;
        count(header);
    }

    private void count(PageHeader header) throws UnreadableParquetException {
        DataPageHeader first = header.getData_page_header();
        DataPageHeaderV2 second = header.getData_page_header_v2();
        DictionaryPageHeader ofDictionary = header.getDictionary_page_header();
        PageType kind = header.getType();
        if (kind == PageType.DATA_PAGE && first != null) {
            add(header, first.getNum_values(), first.getEncoding());
        } else if (kind == PageType.DATA_PAGE_V2 && second != null) {
            long repetitions = second.getRepetition_levels_byte_length();
            long levels = second.getDefinition_levels_byte_length();
            long most = Math.min(header.getCompressed_page_size(), header.getUncompressed_page_size());
            if (repetitions != 0 || levels < 0 || levels > most) {
                throw damaged("its levels have %d and %d bytes in a page of %d".formatted(repetitions, levels, most));
            }
            add(header, second.getNum_values(), second.getEncoding());
        } else if (kind == PageType.DICTIONARY_PAGE && ofDictionary != null) {
            long entries = ofDictionary.getNum_values();
            if (dictionary > 0 || entries < 0 || entries > header.getUncompressed_page_size()) {
                throw damaged("a dictionary has %d values in %d bytes"
                        .formatted(entries, header.getUncompressed_page_size()));
            }
            PrimitiveTypeName type = chunk.getPrimitiveType().getPrimitiveTypeName();
            boolean isNumber = type != PrimitiveTypeName.BINARY && type != PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
            dictionary = 1L + header.getUncompressed_page_size() + (isNumber ? 0 : HEAP_PER_OBJECT * entries);
        } else {
            throw damaged("a page is of no type that has values");
        }
    }

    /** Bytes that are split are joined in another array. */
    private void add(PageHeader header, long count, @Nullable Encoding encoding) throws UnreadableParquetException {
        if (count < 0 || count > chunk.getValueCount() - values) {
            throw damaged("a page has %d values, and its column %d".formatted(count, chunk.getValueCount()));
        }
        values += count;
        largest = Math.max(
                largest, (encoding == Encoding.BYTE_STREAM_SPLIT ? 2L : 1L) * header.getUncompressed_page_size());
    }

    private static UnreadableParquetException damaged(String how) {
        return new UnreadableParquetException("a page is damaged: " + how);
    }
}
