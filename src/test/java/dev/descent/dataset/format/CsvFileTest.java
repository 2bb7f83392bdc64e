package dev.descent.dataset.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFileTest {

    @TempDir
    private Path directory;

    private List<List<String>> rows(String text) {
        return TestFiles.rows(TestFiles.write(directory, text), true);
    }

    private String refusal(String text) {
        return refusal(text.getBytes(StandardCharsets.UTF_8));
    }

    private String refusal(byte[] bytes) {
        Path file = TestFiles.write(directory, bytes);
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> TestFiles.rows(file, true));
        assertThat(problem.problem()).isEqualTo(Problem.INVALID_REQUEST);
        assertThat(problem.errors())
                .extracting(violation -> violation.pointer())
                .containsExactly("#/file");
        return problem.detail();
    }

    @Test
    void quotedFieldsHoldDelimitersQuotesAndLineBreaks() {
        assertThat(rows("\"a,1\",\"b \"\"x\"\"\",\"c\nd\"\r\n\"1,5\",\"\",\"line\r\nbreak\"\n,plain \" quote,3"))
                .containsExactly(
                        List.of("a,1", "b \"x\"", "c\nd"),
                        List.of("1,5", "", "line\r\nbreak"),
                        List.of("", "plain \" quote", "3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void linesEndAsTheyDoOnAnySystem(String end) {
        List<List<String>> expected = List.of(List.of("a", "b"), List.of("1", "2"), List.of("3", "4"));
        assertThat(rows(String.join(end, "a,b", "1,2", "3,4"))).isEqualTo(expected);
        assertThat(rows(String.join(end, "a,b", "1,2", "3,4", ""))).isEqualTo(expected);
        assertThat(rows(String.join(end, "", "", "a,b", "", "1,2", "3,4", "", "")))
                .isEqualTo(expected);
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstName() {
        assertThat(rows("\ufeffa,b\n1,2")).containsExactly(List.of("a", "b"), List.of("1", "2"));
        assertThat(rows("\ufeff\"a\";b\n1;2")).containsExactly(List.of("a", "b"), List.of("1", "2"));
    }

    @Test
    void columnsWithoutHeaderAreNumbered() {
        assertThat(TestFiles.rows(TestFiles.write(directory, "1,2\n3,4"), false))
                .containsExactly(List.of("column_1", "column_2"), List.of("1", "2"), List.of("3", "4"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "`a,b,c\n` -> ,",
                "`a;b;c\n1,5;2,5;3\n` -> ;",
                "`a\tb\n1,2\t3\n` -> `\t`",
                "`a|b|c\n` -> |",
                "`\"a;x;y;z\",b,c\n` -> ,",
                "`\"a\n;;;;\",b,c\n` -> ,",
                "`\"a \"\";;;\"\" \",b,c\n` -> ,",
                "`5\" pipe;b\n` -> ;",
                "`5\" pipe;6\" pipe,x;c\n` -> ;",
                "`\r\n\na;b\n` -> ;",
                "`\ufeff\"a,b,c\";d\n` -> ;",
                "`one column\n1\n` -> ,",
                "`a,b;c,d;e\n` -> ,"
            })
    void theDelimiterIsTheOneThatTheFirstLineHasMostOfOutsideQuotes(String text, String delimiter) throws Exception {
        assertThat(DatasetFormat.CSV
                        .layout(TestFiles.write(directory, text), null, true)
                        .delimiter())
                .isEqualTo(delimiter.charAt(0));
    }

    @Test
    void everyUnevenRowIsCountedAndTheFirstTenAreNamed() {
        assertThat(refusal("a,b\n1,2\n1\n1,2,3\n\"x\ny\",4\n5"))
                .isEqualTo(
                        "3 rows don't have the 2 fields of the first line: line 3 has 1, line 4 has 3, line 7 has 1");
        assertThat(refusal("a,b\n1,2\n1\n"))
                .isEqualTo("1 row doesn't have the 2 fields of the first line: line 3 has 1");
        assertThat(refusal("a\n1,2\n3,4\n"))
                .isEqualTo("2 rows don't have the 1 field of the first line: line 2 has 2, line 3 has 2");
        String many = IntStream.range(0, 50).mapToObj(row -> "1\n").collect(Collectors.joining());
        assertThat(refusal("a,b\n" + many))
                .startsWith("50 rows don't have the 2 fields of the first line: line 2 has 1, ")
                .endsWith("line 11 has 1 …");
    }

    @Test
    void namesMustBeThereAndDiffer() {
        assertThat(refusal("a,,c\n1,2,3")).isEqualTo("Column 2 has no name; the first line must name every column");
        assertThat(refusal("a,b, \n1,2,3")).isEqualTo("Column 3 has no name; the first line must name every column");
        assertThat(refusal("a,b,a\n1,2,3")).isEqualTo("Two columns are called \"a\"; names must differ");
        String tooMany = IntStream.rangeClosed(0, 10_000).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        assertThat(refusal(tooMany + "\n"))
                .startsWith("The file has 10001 columns; accepted: up to 10000 (descent.upload.max-columns");
    }

    @Test
    void aQuoteThatIsNeverClosedIsNoCsv() {
        assertThat(refusal("a,b\n1,\"2\n3,4\n")).startsWith("The file is no CSV: ");
    }

    @Test
    void aFieldOfMoreThanAMillionCharactersIsNoCsv() {
        assertThat(refusal("a,b\n1," + "x".repeat(3 << 20))).startsWith("The file is no CSV: ");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8_191, 65_533, 65_534, 65_535, 65_536, 200_000})
    void theFirstByteThatIsNotUtf8IsNamed(int valid) {
        String start = "a,b\n" + "ä,2\n".repeat(valid / 5) + "€".repeat(valid % 5);
        int position = start.getBytes(StandardCharsets.UTF_8).length;
        for (byte[] invalid : new byte[][] {
            {(byte) 0xff, 'x'},
            {(byte) 0xe2, (byte) 0x82, ',', '1'},
            {(byte) 0xc0, (byte) 0x80},
            {(byte) 0xe2, (byte) 0x82}
        }) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(start.getBytes(StandardCharsets.UTF_8));
            bytes.writeBytes(invalid);
            assertThat(refusal(bytes.toByteArray()))
                    .as(Arrays.toString(invalid))
                    .isEqualTo("Byte %d of the file is not valid UTF-8; accepted: CSV in UTF-8".formatted(position));
        }
    }

    @Test
    void aByteOrderMarkCountsAmongTheBytes() {
        byte[] bytes = "\ufeffa,b\n1,?".getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 1] = (byte) 0xff;
        assertThat(refusal(bytes)).startsWith("Byte 9 of the file is not valid UTF-8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "`` -> empty",
                "`\n\r\n ` -> empty",
                "`\ufeff` -> empty",
                "`%PDF-1.7` -> a PDF",
                "`{\"a\": 1}` -> JSON",
                "`\ufeff [1, 2]` -> JSON",
                "`<html>` -> HTML or XML",
                "`PAR1....` -> a Parquet file",
                "`a,b\n1,\0\n` -> binary: it has zero bytes"
            })
    void whatIsNoCsvIsCalledByItsName(String text, String kind) {
        assertThat(refusal(text.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("The file is %s; accepted: CSV in UTF-8 with a header line and at least one row"
                        .formatted(kind));
    }

    @Test
    void binaryFormatsAreCalledByTheirNames() {
        assertThat(refusal(new byte[] {'P', 'K', 3, 4, 0, 0})).startsWith("The file is a ZIP archive");
        assertThat(refusal(new byte[] {0x1f, (byte) 0x8b, 8})).startsWith("The file is gzip");
        assertThat(refusal("a,b\n1,2".getBytes(StandardCharsets.UTF_16))).startsWith("The file is UTF-16 text");
        assertThat(refusal(new byte[] {(byte) 0x89, 'P', 'N', 'G'})).startsWith("The file is a PNG picture");
    }
}
