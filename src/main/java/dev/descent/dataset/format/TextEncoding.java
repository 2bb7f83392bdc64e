package dev.descent.dataset.format;

import dev.descent.core.Name;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** How text is encoded. */
public enum TextEncoding {
    @Name("utf-8")
    UTF_8("UTF-8", StandardCharsets.UTF_8, new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf}),
    /** In the order of its mark, or else in the one that its first character tells. */
    @Name("utf-16")
    UTF_16("UTF-16", StandardCharsets.UTF_16, new byte[0]),
    @Name("utf-16le")
    UTF_16LE("UTF-16", StandardCharsets.UTF_16LE, new byte[] {(byte) 0xff, (byte) 0xfe}),
    @Name("utf-16be")
    UTF_16BE("UTF-16", StandardCharsets.UTF_16BE, new byte[] {(byte) 0xfe, (byte) 0xff}),
    /** Western European, as many programs of Windows write it. */
    @Name("windows-1252")
    WINDOWS_1252("Windows-1252", Charset.forName("windows-1252"), new byte[0]);

    static final int LONGEST_MARK = 3;

    private final String label;
    private final Charset charset;
    private final byte[] mark;

    TextEncoding(String label, Charset charset, byte[] mark) {
        this.label = label;
        this.charset = charset;
        this.mark = mark;
    }

    /** As it is called in messages. */
    String label() {
        return label;
    }

    Charset charset() {
        return charset;
    }

    boolean hasMark(byte[] start) {
        if (mark.length == 0 || start.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if (start[i] != mark[i]) {
                return false;
            }
        }
        return true;
    }

    int markLength() {
        return mark.length;
    }

    /** Whether the bytes of ASCII stand for themselves, and for nothing else. */
    boolean extendsAscii() {
        return this == UTF_8 || this == WINDOWS_1252;
    }

    /** Refuses what is not encoded like this, rather than replacing it. */
    CharsetDecoder strictDecoder() {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }
}
