package dev.descent.dataset.format;

import dev.descent.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.regex.Pattern;

/** Inspects the start of a file: whether it can be CSV at all, and which delimiter it uses. */
final class CsvSniffer {

    private static final int START = 1 << 16;
    private static final String UTF_8_MARK = "\u00ef\u00bb\u00bf";

    private static final Map<String, String> MAGIC = Map.of(
            "%PDF", "a PDF",
            "PK\3\4", "a ZIP archive or an Office document",
            "\u0089PNG", "a PNG picture",
            "\u00ff\u00d8\u00ff", "a JPEG picture",
            "\u001f\u008b", "gzip (send it with Content-Encoding: gzip, or as a file whose name ends in .gz)",
            "\u00ff\u00fe", "UTF-16 text",
            "\u00fe\u00ff", "UTF-16 text",
            "PAR1", "a Parquet file");

    private static final Pattern LEADING_BREAKS = Pattern.compile("\\A[\\r\\n]++");

    private CsvSniffer() {}

    /** @throws ProblemException 422 if the file cannot be CSV */
    static char delimiter(Path file) throws IOException {
        String start = start(file);
        check(start);
        String records = LEADING_BREAKS.matcher(start).replaceFirst("");
        return FileLayout.DELIMITERS.stream()
                .max(Comparator.comparingLong(delimiter -> countInFirstRecord(records, delimiter)))
                .orElse(',');
    }

    private static String start(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String bytes = new String(in.readNBytes(START), StandardCharsets.ISO_8859_1);
            return bytes.startsWith(UTF_8_MARK) ? bytes.substring(UTF_8_MARK.length()) : bytes;
        }
    }

    private static void check(String start) {
        if (start.isBlank()) {
            throw refuse("empty");
        }
        MAGIC.forEach((magic, kind) -> {
            if (start.startsWith(magic)) {
                throw refuse(kind);
            }
        });
        if (start.indexOf('\0') >= 0) {
            throw refuse("binary: it has zero bytes");
        }
        switch (start.strip().charAt(0)) {
            case '{', '[' -> throw refuse("JSON");
            case '<' -> throw refuse("HTML or XML");
            default -> {
                // Anything else may be CSV.
            }
        }
    }

    private static ProblemException refuse(String found) {
        return ProblemException.invalid(
                RowSource.POINTER,
                "The file is %s; accepted: CSV in UTF-8 with a header line and at least one row".formatted(found));
    }

    /** A quote opens a field only at its start; two in a row inside a quoted field stand for one. */
    private static long countInFirstRecord(String records, char delimiter) {
        boolean quoted = false;
        char last = delimiter;
        long count = 0;
        for (int i = 0; i < records.length(); i++) {
            char c = records.charAt(i);
            if (c == '"' && (quoted || last == delimiter || last == '"')) {
                quoted = !quoted;
            } else if (!quoted && (c == '\n' || c == '\r')) {
                return count;
            } else if (!quoted && c == delimiter) {
                count++;
            }
            last = c;
        }
        return count;
    }
}
