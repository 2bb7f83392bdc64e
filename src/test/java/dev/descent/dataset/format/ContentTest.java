package dev.descent.dataset.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.luben.zstd.ZstdOutputStream;
import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ContentTest {

    private static final byte[] CSV = "a,b\n1,2\n3,4\n".repeat(100).getBytes(UTF_8);
    private static final ContentLimits LIMITS = new ContentLimits(4 << 20, 250, 1 << 16);

    static byte[] compressed(Compression compression, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = output(compression, bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static OutputStream output(Compression compression, OutputStream out) throws IOException {
        return switch (compression) {
            case NONE -> out;
            case GZIP -> new GZIPOutputStream(out);
            case ZSTD -> new ZstdOutputStream(out);
            case ZIP -> {
                ZipOutputStream zip = new ZipOutputStream(out);
                zip.putNextEntry(new ZipEntry("folder/data.tsv"));
                yield zip;
            }
        };
    }

    private static byte[] read(byte[] upload, Compression declared) throws IOException {
        try (Content content = Content.open(new ByteArrayInputStream(upload), declared, LIMITS)) {
            return content.readAllBytes();
        }
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void contentIsWhatWasCompressedWhetherANameSaysSoOrNot(Compression compression) throws IOException {
        byte[] upload = compressed(compression, CSV);

        assertThat(read(upload, compression)).isEqualTo(CSV);
        assertThat(read(upload, Compression.NONE)).isEqualTo(CSV);
    }

    @ParameterizedTest
    @CsvSource({"iris.csv.gz, GZIP, iris.csv", "Iris.TSV.ZST, ZSTD, Iris.TSV", "iris.zip, ZIP, iris", "gz, NONE, gz"})
    void endingsOfNamesTell(String name, Compression compression, String content) {
        assertThat(Compression.ofFileName(name)).isEqualTo(compression);
        assertThat(compression.withoutEnding(name)).isEqualTo(content);
    }

    @Test
    void theFileInAnArchiveHasItsOwnName() throws IOException {
        byte[] upload = compressed(Compression.ZIP, CSV);

        assertThat(Content.open(new ByteArrayInputStream(upload), Compression.ZIP, LIMITS)
                        .innerName())
                .isEqualTo("folder/data.tsv");
    }

    /** Cut off anywhere, a stream is broken; in an archive, what follows the file does not matter. */
    @ParameterizedTest
    @EnumSource(value = Compression.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aTruncatedStreamIsBroken(Compression compression) throws IOException {
        byte[] upload = compressed(compression, CSV);
        int end = compression == Compression.ZIP ? upload.length - 22 - 46 - "folder/data.tsv".length() : upload.length;
        for (int length = 0; length < end; length++) {
            byte[] truncated = Arrays.copyOf(upload, length);
            ProblemException refused = catchThrowableOfType(ProblemException.class, () -> read(truncated, compression));
            assertThat(refused).as("%d bytes of %s", length, compression).isNotNull();
            assertThat(refused.problem()).isEqualTo(Problem.INVALID_REQUEST);
            assertThat(refused.detail()).startsWith("The %s stream is broken: ".formatted(compression.label()));
        }
    }

    @ParameterizedTest
    @EnumSource(value = Compression.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aBombIsRefusedLongBeforeItsEnd(Compression compression) throws IOException {
        byte[] bomb = compressed(compression, new byte[3 << 20]);
        InputStream upload = new ForeignStream(bomb);

        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> {
            try (Content content = Content.open(upload, compression, LIMITS)) {
                content.skip(Long.MAX_VALUE);
            }
        });

        assertThat(refused.problem()).isEqualTo(Problem.TOO_LARGE);
        assertThat(refused.detail()).contains(compression.label(), "more than 250 times", "descent.upload.max-ratio");
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void contentIsNoLargerThanTheLimit(Compression compression) throws IOException {
        byte[] random = new byte[(4 << 20) + 1];
        new java.util.Random(1).nextBytes(random);

        ProblemException refused =
                catchThrowableOfType(ProblemException.class, () -> read(compressed(compression, random), compression));

        assertThat(refused.problem()).isEqualTo(Problem.TOO_LARGE);
        assertThat(refused.detail()).contains("descent.max-upload-size");
    }

    @Test
    void anArchiveHasOneFile() throws IOException {
        assertThat(refusal("a.csv", "b.csv"))
                .startsWith("The zip archive has more than one file, \"a.csv\" and \"b.csv\" among them");
        assertThat(refusal()).isEqualTo("The zip stream is broken: it has no file");
        assertThat(refusal("folder/")).isEqualTo("The zip stream is broken: it has no file");
        assertThat(refusal("[Content_Types].xml", "xl/workbook.xml")).startsWith("The file is an Office document");
        assertThat(new String(read(archive("data/", "data/a.csv", "__MACOSX/data/._a.csv"), Compression.ZIP), UTF_8))
                .isEqualTo("x\n1\n");
    }

    private static String refusal(String... names) throws IOException {
        byte[] archive = archive(names);
        return catchThrowableOfType(ProblemException.class, () -> read(archive, Compression.ZIP))
                .detail();
    }

    private static byte[] archive(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                if (!name.endsWith("/")) {
                    zip.write("x\n1\n".getBytes(UTF_8));
                }
            }
        }
        return bytes.toByteArray();
    }

    private static final class ForeignStream extends InputStream {

        private final ByteArrayInputStream bytes;

        ForeignStream(byte[] bytes) {
            this.bytes = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public void close() {
            throw new AssertionError("Whoever opened it closes it");
        }
    }
}
