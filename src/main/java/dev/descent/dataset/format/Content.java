package dev.descent.dataset.format;

import com.github.luben.zstd.ZstdIOException;
import dev.descent.core.Count;
import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import dev.descent.request.CompressedStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The content of an upload, decompressed while it is read. A stream that is broken, or whose content exceeds a limit,
 * is refused as soon as that is seen: a few kilobytes can hold gigabytes.
 */
public final class Content extends InputStream {

    private final CompressedStream upload;
    private final Compression compression;
    private final ContentLimits limits;
    private final InputStream content;
    private long bytes;

    private Content(CompressedStream upload, Compression compression, ContentLimits limits, InputStream content) {
        this.upload = upload;
        this.compression = compression;
        this.limits = limits;
        this.content = content;
    }

    /**
     * Starts to read an upload.
     *
     * @param upload stays open
     * @param declared how it is compressed, as its name or a header says; {@link Compression#NONE} if neither does, and
     *     its first bytes tell
     * @throws ProblemException 422 if it is not compressed like that
     */
    public static Content open(InputStream upload, Compression declared, ContentLimits limits) throws IOException {
        CompressedStream counted = new CompressedStream(upload);
        byte[] start = counted.readNBytes(Compression.LONGEST_MAGIC);
        if (start.length == 0 && declared != Compression.NONE) {
            throw translate(new EOFException(), declared);
        }
        Compression compression = declared == Compression.NONE ? Compression.ofContent(start) : declared;
        InputStream whole = new CompressedStream(new SequenceInputStream(new ByteArrayInputStream(start), counted));
        try {
            return new Content(counted, compression, limits, compression.open(whole));
        } catch (IOException failure) {
            throw translate(failure, compression);
        }
    }

    /** What the file in an archive is called; null if there is no archive. */
    @Nullable
    public String innerName() {
        return content instanceof SingleZipEntry entry ? entry.name() : null;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            int count = content.read(target, offset, length);
            if (count > 0) {
                bytes += count;
                check();
            }
            return count;
        } catch (IOException failure) {
            throw translate(failure, compression);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] octet = new byte[1];
        return read(octet, 0, 1) < 0 ? -1 : octet[0] & 0xff;
    }

    private void check() {
        if (compression != Compression.NONE && bytes > limits.ratioFrom() && bytes / limits.ratio() > upload.length()) {
            throw tooLarge(
                    "The first %s of %s hold more than %d times as many bytes, %d; descent.upload.max-ratio sets this limit, for what is larger than %d kB (descent.upload.ratio-from)"
                            .formatted(
                                    Count.of(upload.length(), "byte"),
                                    compression.label(),
                                    limits.ratio(),
                                    bytes,
                                    limits.ratioFrom() / 1_024));
        }
        if (bytes > limits.bytes()) {
            throw tooLarge("The upload is larger than %s; descent.max-upload-size sets this limit"
                    .formatted(Count.of(limits.bytes(), "byte")));
        }
    }

    private static ProblemException tooLarge(String detail) {
        return new ProblemException(Problem.TOO_LARGE, detail, List.of());
    }

    /** Any other failure is one of the connection. */
    private static IOException translate(IOException failure, Compression compression) {
        boolean broken = failure instanceof ZipException
                || failure instanceof ZstdIOException
                || failure instanceof EOFException;
        if (broken && compression != Compression.NONE) {
            throw ProblemException.invalid(
                    RowSource.POINTER,
                    "The %s stream is broken: %s"
                            .formatted(
                                    compression.label(),
                                    Objects.requireNonNullElse(failure.getMessage(), "it ends too early")));
        }
        return failure;
    }

    /** Frees what decompression takes; the upload stays open. */
    @Override
    public void close() throws IOException {
        content.close();
    }
}
