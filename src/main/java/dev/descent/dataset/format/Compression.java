package dev.descent.dataset.format;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.descent.request.ContentEncoding;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.bytedeco.javacpp.Loader;

/** How a file is compressed, as the ending of its name or its first bytes tell. */
public enum Compression {
    NONE("no compression", "", new byte[0]) {
        @Override
        InputStream open(InputStream compressed) {
            return compressed;
        }
    },
    /** RFC 1952; the stream may have several members. */
    GZIP("gzip", ".gz", new byte[] {0x1f, (byte) 0x8b}) {
        @Override
        InputStream open(InputStream compressed) throws IOException {
            return new GZIPInputStream(compressed, BUFFER);
        }
    },
    /** RFC 8878; the stream may have several frames. */
    ZSTD("zstd", ".zst", new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd}) {
        @Override
        InputStream open(InputStream compressed) throws IOException {
            NativeFolder.prepare();
            ZstdInputStreamNoFinalizer stream = new ZstdInputStreamNoFinalizer(compressed);
            stream.setLongMax(LARGEST_WINDOW);
            return stream;
        }
    },
    /** An archive with a single file. */
    ZIP("zip", ".zip", new byte[] {'P', 'K', 3, 4}) {
        @Override
        InputStream open(InputStream compressed) throws IOException {
            return new SingleZipEntry(compressed);
        }
    };

    private static final int BUFFER = 1 << 16;

    /** The binary logarithm of what a stream may keep of what it has written: as much as the command takes by itself. */
    private static final int LARGEST_WINDOW = 27;

    static final int LONGEST_MAGIC = 4;

    private final String label;
    private final String ending;
    private final byte[] magic;

    Compression(String label, String ending, byte[] magic) {
        this.label = label;
        this.ending = ending;
        this.magic = magic;
    }

    /** The decompressed bytes. Closing the stream closes the other one, too. */
    abstract InputStream open(InputStream compressed) throws IOException;

    public static Compression of(ContentEncoding encoding) {
        return switch (encoding) {
            case IDENTITY -> NONE;
            case GZIP -> GZIP;
            case ZSTD -> ZSTD;
        };
    }

    /** {@link #NONE} unless the name ends like that of a compressed file. */
    public static Compression ofFileName(String name) {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(compression -> compression != NONE && lowerCase.endsWith(compression.ending))
                .findFirst()
                .orElse(NONE);
    }

    /** @param start the first bytes of a file, or all of a short one */
    static Compression ofContent(byte[] start) {
        return Arrays.stream(values())
                .filter(compression -> compression != NONE && compression.isMagicOf(start))
                .findFirst()
                .orElse(NONE);
    }

    private boolean isMagicOf(byte[] start) {
        return start.length >= magic.length && Arrays.equals(start, 0, magic.length, magic, 0, magic.length);
    }

    /** {@code some/iris.csv.gz} → {@code some/iris.csv}. */
    public String withoutEnding(String fileName) {
        return ofFileName(fileName) == this ? fileName.substring(0, fileName.length() - ending.length()) : fileName;
    }

    String label() {
        return label;
    }

    /**
     * The native library of Zstandard is unpacked next to those of JavaCPP: its own default, the folder for temporary
     * files, may forbid to run what is in it.
     */
    private static final class NativeFolder {

        private static final String SETTING = "ZstdTempFolder";

        static {
            if (System.getProperty(SETTING) == null) {
                try {
                    System.setProperty(SETTING, Loader.getCacheDir().toString());
                } catch (IOException noFolder) {
                    throw new UncheckedIOException(noFolder);
                }
            }
        }

        private NativeFolder() {}

        static void prepare() {
            // The class does it once.
        }
    }
}
