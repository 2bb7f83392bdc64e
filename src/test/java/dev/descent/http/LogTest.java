package dev.descent.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.testing.DescentTest;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** No text of a client can look like a line of the log, in a message or in an exception. */
@DescentTest
@ExtendWith(OutputCaptureExtension.class)
class LogTest {

    private static final Logger log = LoggerFactory.getLogger(LogTest.class);
    private static final String FORGED = "2026-01-01T00:00:00.000Z  INFO 1 --- [descent] forged";
    private static final Pattern EVENT = Pattern.compile("^(\u001b\\[\\d*m)?\\d{4}-.*", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                "\r",
                "\r\n",
                "\n\n\n",
                "\u0085",
                "\u2028",
                "\u2029",
                "\u000b",
                "\f",
                "\n\r",
                "\u001b[2K\r",
                "\n\u200b"
            })
    void aLineBreakInATextBeginsNoEvent(String separator, CapturedOutput output) {
        String text = "name" + separator + FORGED;
        log.warn("Job {} queued", text);
        log.warn("Job failed", new IllegalStateException(text, new IllegalArgumentException(text)));
        log.warn(text);

        assertThat(output.getOut()).contains("forged");
        // As any terminal or tool splits it.
        assertThat(output.getOut().split("[\\r\\n\\x0B\\f\\x85\\u2028\\u2029]"))
                .noneMatch(line -> line.startsWith(FORGED))
                .filteredOn(line -> EVENT.matcher(line).matches() && line.contains(" WARN "))
                .hasSize(3);
    }

    @Test
    void charactersThatHideOrTurnTextAreShownAsQuestionMarks(CapturedOutput output) {
        log.warn("Job {}", "a\u001b[31mb\u202ec\u2066d\u200be\u0007f\b\u0000g\uFEFFh\tü\u0938\u094d日😀");

        assertThat(output.getOut()).contains("a?[31mb?c?d?e?f??g?h\tü\u0938\u094d日😀");
    }

    @Test
    void anEventOfOneLineIsAsItWas(CapturedOutput output) {
        log.warn("plain {}", 1);

        assertThat(output.getOut()).matches(Pattern.compile(".*: (\u001b\\[0;39m)?\\s?plain 1\\R", Pattern.DOTALL));
    }
}
