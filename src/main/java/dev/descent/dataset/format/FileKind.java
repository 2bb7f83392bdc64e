package dev.descent.dataset.format;

import dev.descent.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/** Recognizes files that are no delimited text. */
final class FileKind {

    private static final int FIRST_LINE = 1 << 16;

    private static final JsonFactory JSON = new JsonFactory();

    private static final String PARQUET = "PAR1";
    private static final String ENCRYPTED_PARQUET = "PARE";
    private static final int MAGIC_LENGTH = 4;

    private static final Map<String, String> MAGIC = Map.of(
            "%PDF",
            "a PDF",
            "PK\3\4",
            "a ZIP archive within another",
            "\u0089PNG",
            "a PNG picture",
            "\u00ff\u00d8\u00ff",
            "a JPEG picture",
            "\u00d0\u00cf\u0011\u00e0",
            "an old Office document",
            "\u001f\u008b",
            "gzip within another compression",
            "(\u00b5/\u00fd",
            "zstd within another compression",
            PARQUET,
            "a Parquet file that ends too early");

    private static final Pattern MARKUP = Pattern.compile(
            "<(?:!doctype|html|head|body|table|svg|\\?xml)\\b.*|<[a-z][\\w:.-]*(?:\\s[^<>]*)?>\\s*(?:<|[^,;\\t|\\s]).*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private FileKind() {}

    /** Whether its first line, as far as one looks, is a JSON object. */
    static boolean isNdjson(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String start = new String(in.readNBytes(FIRST_LINE), StandardCharsets.UTF_8).strip();
            int end = start.indexOf('\n');
            return start.startsWith("{") && isJson(end < 0 ? start : start.substring(0, end));
        }
    }

    /**
     * Whether it is a Parquet file by its first bytes and its last: text may begin like one.
     *
     * @param byStart whether the first bytes will do
     */
    static boolean isParquet(Path file, boolean byStart) throws IOException {
        String start = start(file);
        if (!start.equals(PARQUET) && !start.equals(ENCRYPTED_PARQUET)) {
            return false;
        }
        return byStart || start.equals(end(file));
    }

    private static String end(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            ByteBuffer end = ByteBuffer.allocate(MAGIC_LENGTH);
            channel.position(Math.max(0, channel.size() - MAGIC_LENGTH)).read(end);
            return new String(end.array(), StandardCharsets.ISO_8859_1);
        }
    }

    private static String start(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAGIC_LENGTH), StandardCharsets.ISO_8859_1);
        }
    }

    /** @throws ProblemException 422 if its first bytes are those of another kind */
    static void refuseAnyOther(Path file) throws IOException {
        String start = start(file);
        MAGIC.forEach((magic, kind) -> {
            if (start.startsWith(magic)) {
                throw refuse(kind);
            }
        });
    }

    /**
     * The same for the first characters.
     *
     * @throws ProblemException 422 if they are those of another kind, or of none
     */
    static void refuseAnyOther(String start) {
        if (start.isBlank()) {
            throw refuse("empty");
        }
        int zero = start.indexOf('\0');
        if (zero >= 0) {
            throw refuse("binary: it has zero bytes, the first in line %d"
                    .formatted(start.substring(0, zero).lines().count()
                            + (zero > 0 && start.charAt(zero - 1) == '\n' ? 1 : 0)));
        }
        String text = start.strip();
        if (isJson(text)) {
            throw refuse(
                    "JSON, of which objects are read, one in each line, from a file whose name ends in .ndjson or as application/x-ndjson");
        }
        if (MARKUP.matcher(text).matches()) {
            throw refuse("HTML or XML");
        }
    }

    /** Whether a text, the end of which may be missing, is an object or array of JSON, or several. */
    static boolean isJson(String text) {
        if (!text.startsWith("{") && !text.startsWith("[")) {
            return false;
        }
        boolean hasContent = false;
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                hasContent |= parser.streamReadContext().inRoot() || token.isScalarValue();
            }
            return true;
        } catch (UnexpectedEndOfInputException cut) {
            return hasContent;
        } catch (StreamReadException other) {
            return false;
        }
    }

    private static ProblemException refuse(String found) {
        return ProblemException.invalid(
                RowSource.POINTER,
                "The file is %s; accepted: CSV in UTF-8 with a header line and at least one row".formatted(found));
    }
}
