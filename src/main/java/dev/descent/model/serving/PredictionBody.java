package dev.descent.model.serving;

import dev.descent.core.Count;
import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The bytes of a file of rows as they arrive: no more than accepted, and as UTF-8, whatever the client's charset. */
final class PredictionBody {

    private PredictionBody() {}

    /**
     * @param most the maximum number of bytes
     * @throws ProblemException while it is read: 413 for more bytes, 422 for bytes that are no text of the charset
     */
    static InputStream of(InputStream body, Charset charset, long most) {
        InputStream limited = new Limited(body, most);
        return StandardCharsets.UTF_8.equals(charset) ? limited : new Transcoded(limited, charset);
    }

    private static final class Limited extends FilterInputStream {

        private final long most;
        private long bytes;

        Limited(InputStream in, long most) {
            super(in);
            this.most = most;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, length);
            bytes += Math.max(0, count);
            if (bytes > most) {
                throw new ProblemException(
                        Problem.TOO_LARGE,
                        "The body is larger than %s; descent.max-upload-size sets this limit"
                                .formatted(Count.of(most, "byte")),
                        List.of());
            }
            return count;
        }
    }

    private static final class Transcoded extends InputStream {

        private static final int CHARACTERS = 1 << 13;

        private final Reader reader;
        private final char[] characters = new char[CHARACTERS];
        private InputStream encoded = InputStream.nullInputStream();

        Transcoded(InputStream in, Charset charset) {
            this.reader = new InputStreamReader(in, charset.newDecoder());
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
}
