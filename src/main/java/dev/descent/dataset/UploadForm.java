package dev.descent.dataset;

import dev.descent.dataset.format.Compression;
import dev.descent.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.MimeIOException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;

/**
 * The parts {@code file} and {@code options} of a form, parsed as a stream: the file is written to disk once, while its
 * size and the free disk space are checked.
 */
final class UploadForm implements AutoCloseable {

    private static final int MAX_OPTIONS_BYTES = 1 << 20;

    /** Limits a single header of a part, since file names may be long; the content of parts has no such limit. */
    private static final int MAX_HEADER_BYTES = 1 << 13;

    private static final MimeConfig LIMITS = new MimeConfig.Builder()
            .setStrictParsing(true)
            .setMaxHeaderCount(16)
            .setMaxHeaderLen(MAX_HEADER_BYTES)
            .setMaxLineLen(MAX_HEADER_BYTES)
            .build();

    private final DatasetFiles files;
    private DatasetFiles.@Nullable Received file;
    private String fileName = "";
    private @Nullable String options;

    private UploadForm(DatasetFiles files) {
        this.files = files;
    }

    /**
     * Reads the whole form; leaves nothing behind on failure.
     *
     * @throws ProblemException 400 if it is not a valid form
     */
    static UploadForm read(HttpServletRequest request, DatasetFiles files) throws IOException {
        UploadForm form = new UploadForm(files);
        boolean complete = false;
        try {
            form.readParts(request);
            complete = true;
            return form;
        } catch (MimeException | MimeIOException malformed) {
            throw unreadable(
                    NestedExceptionUtils.getMostSpecificCause(malformed).getMessage());
        } finally {
            if (!complete) {
                form.close();
            }
        }
    }

    private void readParts(HttpServletRequest request) throws IOException, MimeException {
        MimeTokenStream form = new MimeTokenStream(LIMITS);
        form.setRecursionMode(RecursionMode.M_NO_RECURSE);
        form.parseHeadless(request.getInputStream(), request.getContentType());
        if (form.getState() != EntityState.T_START_MULTIPART) {
            throw unreadable("its Content-Type names no boundary");
        }
        ContentDisposition disposition = ContentDisposition.formData().build();
        // Whatever follows the last part is ignored, and may be endless.
        for (EntityState state = form.next(); !isEnd(state); state = form.next()) {
            if (state == EntityState.T_START_BODYPART) {
                disposition = ContentDisposition.formData().build();
            } else if (state == EntityState.T_FIELD && isDisposition(form.getField())) {
                disposition = disposition(form.getField());
            } else if (state == EntityState.T_BODY) {
                read(disposition, form.getInputStream());
            } else if (state == EntityState.T_START_MULTIPART) {
                throw unreadable("its part %s is a form itself".formatted(name(disposition)));
            }
        }
        if (file == null) {
            throw ProblemException.malformed("The form has no part file");
        }
    }

    private static boolean isEnd(EntityState state) {
        return state == EntityState.T_END_MULTIPART || state == EntityState.T_EPILOGUE;
    }

    private static boolean isDisposition(Field header) {
        return header.getName().equalsIgnoreCase(HttpHeaders.CONTENT_DISPOSITION);
    }

    private static ContentDisposition disposition(Field header) {
        try {
            return ContentDisposition.parse(header.getBody().strip());
        } catch (IllegalArgumentException malformed) {
            throw unreadable(malformed.getMessage());
        }
    }

    private static ProblemException unreadable(@Nullable String why) {
        return ProblemException.malformed("The form can't be read: " + why);
    }

    private void read(ContentDisposition part, InputStream content) throws IOException {
        if ("file".equals(part.getName()) && file == null) {
            fileName = Objects.requireNonNullElse(part.getFilename(), "");
            if (fileName.indexOf('\0') >= 0) {
                throw unreadable("the name of its file has the character U+0000");
            }
            file = files.receive(content, Compression.ofFileName(fileName));
        } else if ("options".equals(part.getName()) && options == null) {
            options = text(content);
        } else {
            throw ProblemException.malformed(
                    "The form has a part %s; accepted: file and options, each once".formatted(name(part)));
        }
    }

    private static String name(ContentDisposition part) {
        return part.getName() == null ? "without a name" : "\"" + part.getName() + "\"";
    }

    private static String text(InputStream content) throws IOException {
        byte[] bytes = content.readNBytes(MAX_OPTIONS_BYTES + 1);
        if (bytes.length > MAX_OPTIONS_BYTES) {
            throw ProblemException.malformed("The part options is longer than %d bytes".formatted(MAX_OPTIONS_BYTES));
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException invalid) {
            throw ProblemException.malformed("The part options is not UTF-8");
        }
    }

    DatasetFiles.Received file() {
        if (file == null) {
            throw new IllegalStateException("A form without a fault has a file");
        }
        return file;
    }

    /** The name of the file in an archive, or the client's name for the file as it is once decompressed; may be empty. */
    String contentName() {
        String inner = file().innerName();
        return inner == null ? Compression.ofFileName(fileName).withoutEnding(fileName) : inner;
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    /** JSON, if it is valid; null if there is no such part. */
    @Nullable
    String options() {
        return options;
    }
}
