package dev.descent.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttachmentTest {

    @Test
    void aNameThatIsHarmlessStays() {
        assertThat(Attachment.named("iris (2)", ".csv")).isEqualTo("attachment; filename=\"iris (2).csv\"");
        assertThat(Attachment.named("größe", ".csv"))
                .startsWith("attachment; filename=")
                .endsWith("; filename*=UTF-8''gr%C3%B6%C3%9Fe.csv");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\r\nSet-Cookie: x=1",
                "a\"; filename=\"evil.html",
                "../../etc/passwd",
                "..\\..\\boot.ini",
                "a\u202evsc.exe",
                "a\u0000b",
                "a;b",
                "a%0d%0ab",
                "C:\\x",
                "<script>alert(1)</script>",
                "a'b`c$d"
            })
    void whatMeansSomethingElsewhereIsReplaced(String name) {
        assertThat(Attachment.named(name, ".csv"))
                .matches("attachment; filename=\"[A-Za-z0-9 ._()+=@-]+\\.csv\"")
                .doesNotContain("=\".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "...", " . "})
    void aNameOfNothingIsReplaced(String name) {
        assertThat(Attachment.named(name, ".csv")).isEqualTo("attachment; filename=\"file.csv\"");
    }

    @Test
    void aLongNameIsCutBetweenCharacters() {
        assertThat(Attachment.named("x".repeat(300), ".csv")).hasSize("attachment; filename=\"\"".length() + 104);
        assertThat(Attachment.named("\ud835\udd38".repeat(300), ".csv")).contains("%F0%9D%94%B8.csv");
    }
}
