package dev.descent.request;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.springframework.http.ContentDisposition;

/** The {@code Content-Disposition} of a response that is to be saved as a file. */
public final class Attachment {

    private static final int MAX_NAME = 100;

    /** Everything that means something in a path, a header or a shell, or that hides in a name. */
    private static final Pattern UNSAFE = Pattern.compile("[^\\p{L}\\p{M}\\p{N} ._()+=@-]");

    private static final Pattern EDGES = Pattern.compile("\\A[ .]++|(?<![ .])[ .]++\\z");

    private Attachment() {}

    /**
     * The header for a file whose name clients chose, as far as it is harmless: RFC 6266, with names beyond ASCII as in
     * RFC 8187.
     *
     * @param extension such as {@code .csv}
     */
    public static String named(String name, String extension) {
        String safe = EDGES.matcher(UNSAFE.matcher(name).replaceAll("_")).replaceAll("");
        int length = Math.min(MAX_NAME, safe.codePointCount(0, safe.length()));
        String cut = safe.substring(0, safe.offsetByCodePoints(0, length));
        String file = (cut.isEmpty() ? "file" : cut) + extension;
        ContentDisposition.Builder attachment = ContentDisposition.attachment();
        boolean isAscii = StandardCharsets.US_ASCII.newEncoder().canEncode(file);
        return (isAscii ? attachment.filename(file) : attachment.filename(file, StandardCharsets.UTF_8))
                .build()
                .toString();
    }
}
