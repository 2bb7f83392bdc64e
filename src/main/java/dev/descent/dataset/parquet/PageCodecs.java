package dev.descent.dataset.parquet;

import io.airlift.compress.Decompressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Decompresses pages. What the library itself would take are codecs of Hadoop's, of which gzip is missing here, and
 * snappy as a native library.
 */
final class PageCodecs implements CompressionCodecFactory {

    static boolean isRead(CompressionCodec codec) {
        return switch (codec) {
            case UNCOMPRESSED, SNAPPY, GZIP, ZSTD, LZ4_RAW -> true;
            case LZO, BROTLI, LZ4 -> false;
        };
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        return switch (codec) {
            case UNCOMPRESSED -> new Pages(PageCodecs::copy);
            case SNAPPY -> new Pages(of(new SnappyDecompressor()));
            case GZIP -> new Pages(PageCodecs::gunzip);
            case ZSTD -> new Pages(of(new ZstdDecompressor()));
            case LZ4_RAW -> new Pages(of(new Lz4Decompressor()));
            case LZO, BROTLI, LZ4 -> throw new UnsupportedOperationException(codec.name());
        };
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        throw new UnsupportedOperationException("Nothing is written");
    }

    @Override
    public void release() {
        // They hold nothing.
    }

    /** Returns how many bytes there are; fewer or more than there is room for are a fault. */
    @FunctionalInterface
    private interface Codec {
        int decompress(byte[] from, byte[] to) throws IOException;
    }

    private static Codec of(Decompressor codec) {
        return (from, to) -> codec.decompress(from, 0, from.length, to, 0, to.length);
    }

    private static int copy(byte[] from, byte[] to) {
        System.arraycopy(from, 0, to, 0, Math.min(from.length, to.length));
        return from.length;
    }

    private static int gunzip(byte[] from, byte[] to) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(from))) {
            int length = in.readNBytes(to, 0, to.length);
            return in.read() < 0 ? length : length + 1;
        }
    }

    /** The pages of a column. */
    private record Pages(Codec codec) implements BytesInputDecompressor {

        @Override
        public BytesInput decompress(BytesInput compressed, int size) throws IOException {
            byte[] bytes = new byte[size];
            if (size > 0 || compressed.size() > 0) {
                int length = codec.decompress(compressed.toInputStream().readAllBytes(), bytes);
                if (length != size) {
                    throw new ZipException("A page has %d bytes instead of %d".formatted(length, size));
                }
            }
            return BytesInput.from(bytes);
        }

        @Override
        public void decompress(ByteBuffer compressed, int length, ByteBuffer to, int size) {
            throw new UnsupportedOperationException("Pages are in arrays");
        }

        @Override
        public void release() {
            // It holds nothing.
        }
    }
}
