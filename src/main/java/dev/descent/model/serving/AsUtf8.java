package dev.descent.model.serving;

import dev.descent.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.commons.io.input.ProxyInputStream;
import org.apache.commons.io.input.ReaderInputStream;
import org.jspecify.annotations.Nullable;

/** A text as UTF-8, whose client has named another charset. Bytes that are no text of it are a fault, 422. */
final class AsUtf8 extends ProxyInputStream {

    private AsUtf8(InputStream in, Charset charset) throws IOException {
        super(ReaderInputStream.builder()
                .setReader(new InputStreamReader(in, charset.newDecoder()))
                .setCharset(StandardCharsets.UTF_8)
                .get());
    }

    /** @param charset null if the client names none */
    static InputStream of(InputStream text, @Nullable Charset charset) throws IOException {
        return charset == null || StandardCharsets.UTF_8.equals(charset) ? text : new AsUtf8(text, charset);
    }

    @Override
    protected void handleIOException(IOException failure) throws IOException {
        if (failure instanceof CharacterCodingException) {
            throw ProblemException.invalid(
                    "#", "The body is not text of its charset; accepted: UTF-8, or as Content-Type says");
        }
        throw failure;
    }
}
