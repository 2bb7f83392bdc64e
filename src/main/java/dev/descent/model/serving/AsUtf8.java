package dev.descent.model.serving;

import dev.descent.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A text as UTF-8, whose client has named another charset. Bytes that are no text of it are a fault, 422. */
final class AsUtf8 extends InputStream {

    private static final int CHARACTERS = 1 << 13;

    private final Reader reader;
    private final char[] characters = new char[CHARACTERS];
    private InputStream encoded = InputStream.nullInputStream();

    private AsUtf8(InputStream in, Charset charset) {
        this.reader = new InputStreamReader(in, charset.newDecoder());
    }

    /** @param charset null if the client names none */
    static InputStream of(InputStream text, @Nullable Charset charset) {
        return charset == null || StandardCharsets.UTF_8.equals(charset) ? text : new AsUtf8(text, charset);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = encoded.read(target, offset, length);
        while (count < 0 && length > 0) {
            if (!fill()) {
                return -1;
            }
            count = encoded.read(target, offset, length);
        }
        return count;
    }

    private boolean fill() throws IOException {
        try {
            int count = reader.read(characters, 0, characters.length - 1);
            if (count > 0 && Character.isHighSurrogate(characters[count - 1])) {
                // Its other half comes with the next read.
                int low = reader.read();
                characters[count] = (char) low;
                count += low < 0 ? 0 : 1;
            }
            if (count < 0) {
                return false;
            }
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(characters, 0, count));
            encoded = new ByteArrayInputStream(bytes.array(), bytes.arrayOffset(), bytes.limit());
            return true;
        } catch (CharacterCodingException invalid) {
            throw ProblemException.invalid(
                    "#", "The body is not text of its charset; accepted: UTF-8, or as Content-Type says");
        }
    }

    @Override
    public int read() throws IOException {
        byte[] octet = new byte[1];
        return read(octet, 0, 1) < 0 ? -1 : octet[0] & 0xff;
    }
}
