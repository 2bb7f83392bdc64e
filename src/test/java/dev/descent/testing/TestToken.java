package dev.descent.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The token of every service under test, so that clients know it without asking. */
public final class TestToken {

    public static final String VALUE = "a-token-for-tests-which-protects-nothing-at-all";

    /** The line of the header, for requests written by hand. */
    public static final String LINE = "Authorization: " + header(VALUE);

    private TestToken() {}

    /** Into the data directory of a service that has not started yet. */
    public static void write(Path home) throws IOException {
        Files.writeString(home.resolve("token"), VALUE);
    }

    /** The value of the header that shows a token. */
    public static String header(String token) {
        return "Bearer " + token;
    }
}
