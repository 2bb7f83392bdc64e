package dev.descent.dataset.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import dev.descent.problem.Violation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
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

    private FileLayout layout(String text) throws IOException {
        return DatasetFormat.detect(TestFiles.write(directory, text), null, LayoutOptions.DEFAULT)
                .layout();
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
                .containsOnly("#/file");
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
                "`a,b;c,d;e\n` -> ,",
                "`Name, first;Age\nMüller, Anna;3\nMeier, Jan;40\n` -> ;",
                "`name;size, weight, height\nAnna;1\nJan;2\n` -> ;",
                "`1,5;2,5\n3,5;4,5\n` -> ;",
                "`a;b\n1,5;2\n3,25;4\n` -> ;",
                "`a,b\nx;y;z,1\nx;y;z,2\n` -> ,",
                "`a b|c d\n1,2 3|4\n` -> |"
            })
    void theDelimiterIsTheOneThatMakesRowsOfTheSameLength(String text, String delimiter) throws IOException {
        assertThat(layout(text).delimiter()).isEqualTo(delimiter);
    }

    @Test
    void everyUnevenRowIsCountedAndTheFirstTwentyAreNamed() {
        assertThat(refusal("a,b\n1,2\n1\n1,2,3\n\"x\ny\",4\n5"))
                .startsWith(
                        "3 rows don't have the 2 fields of the first line: line 3 has 1, line 4 has 3, line 7 has 1 (read with \",\" between cells, \" around them and UTF-8; the options delimiter, quote and encoding state others");
        assertThat(refusal("a,b\n1,2\n1\n"))
                .startsWith("1 row doesn't have the 2 fields of the first line: line 3 has 1 (");
        String many = IntStream.range(0, 50).mapToObj(row -> "1\n").collect(Collectors.joining());
        assertThat(refusal("a,b\n1,2\n" + many))
                .startsWith("50 rows don't have the 2 fields of the first line: line 3 has 1, ")
                .contains("line 22 has 1 … (")
                .doesNotContain("line 23");
    }

    @Test
    void namesMustBeThereAndDiffer() {
        assertThat(refusal("a,,c\n1,2,3")).startsWith("Column 2 has no name; the first line must name every column");
        assertThat(refusal("a,b, \n1,2,3")).startsWith("Column 3 has no name; the first line must name every column");
        assertThat(refusal("a,b,a\n1,2,3"))
                .startsWith("Two columns are called \"a\", the second of which is column 3;");
        String tooMany = IntStream.rangeClosed(0, 10_000).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        assertThat(refusal(tooMany + "\n"))
                .startsWith("The file has 10001 columns; accepted: up to 10000 (descent.upload.max-columns");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        Path file = TestFiles.write(directory, "a,,a,d, \n1,2,3,4,5\n1,2\n1,2,3,4,5\n");
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> TestFiles.rows(file, true));

        assertThat(problem.detail()).isEqualTo("The request has 4 faults");
        assertThat(problem.errors().stream().map(Violation::detail).map(detail -> detail.substring(0, 9)))
                .containsExactly("Column 2 ", "Two colum", "Column 5 ", "1 row doe");
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
    void theFirstByteThatIsNotUtf8IsNamed(int valid) throws IOException {
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
            Path file = TestFiles.write(directory, bytes.toByteArray());
            assertThat(EncodedText.firstInvalidByte(file, TextEncoding.UTF_8))
                    .as(Arrays.toString(invalid))
                    .isEqualTo(position);
        }
        assertThat(EncodedText.firstInvalidByte(TestFiles.write(directory, start), TextEncoding.UTF_8))
                .isEqualTo(-1);
    }

    @Test
    void aByteOrderMarkCountsAmongTheBytes() {
        byte[] bytes = "\ufeffa,b\n1,?".getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 1] = (byte) 0x81;
        assertThat(refusal(bytes)).startsWith("Line 2 of the file is not valid UTF-8: byte 9;");
    }

    @Test
    void whatIsNotUtf8IsWindows1252WithAWarning() throws IOException {
        Path file = TestFiles.write(directory, "name,€\nMüller,1\n".getBytes("windows-1252"));
        Detected detected = DatasetFormat.detect(file, null, LayoutOptions.DEFAULT);

        assertThat(detected.layout().encoding()).isEqualTo(TextEncoding.WINDOWS_1252);
        assertThat(detected.warnings()).hasSize(1);
        assertThat(detected.warnings().get(0))
                .startsWith("Line 1 of the file is not valid UTF-8: byte 5, so it was read as");
        assertThat(TestFiles.rows(file, true)).containsExactly(List.of("name", "€"), List.of("Müller", "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE"})
    void utf16IsReadByItsMark(String charset) throws IOException {
        String text = charset.equals("UTF-16") ? "näme,b\n日本,1\n" : "\ufeffnäme,b\n日本,1\n";
        assertThat(TestFiles.rows(TestFiles.write(directory, text.getBytes(charset)), true))
                .containsExactly(List.of("näme", "b"), List.of("日本", "1"));
    }

    @Test
    void blankLinesOfASingleColumnAreEmptyCellsButForTheLastOnes() {
        assertThat(rows("\nt\n1\n\n19\n\n\n\"\"\n\n\n"))
                .containsExactly(
                        List.of("t"), List.of("1"), List.of(""), List.of("19"), List.of(""), List.of(""), List.of(""));
        assertThat(rows("a,b\n\n1,2\n\n3,4\n"))
                .containsExactly(List.of("a", "b"), List.of("1", "2"), List.of("3", "4"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[age],[income],y\n0,0,0\n1,2,1\n",
                "<30,30-60,>60,y\n0,0,3,0\n1,2,3,1\n",
                "{id},v\n0,0\n1,2\n",
                "[1],2\n[3],4\n",
                "<age>,b\n1,2\n",
                "[a]\n1\n"
            })
    void aHeaderMayBeginLikeJsonOrMarkup(String text) {
        assertThat(rows(text)).hasSizeGreaterThan(1);
    }

    @Test
    void aFirstColumnWithoutANameHasTheNamesOfRows() throws IOException {
        assertThat(rows(",a,b\n0,1,2\n1,3,4\n")).startsWith(List.of("column_1", "a", "b"), List.of("0", "1", "2"));
        assertThat(rows("a,b\nx,1,2\ny,3,4\n")).startsWith(List.of("column_1", "a", "b"), List.of("x", "1", "2"));
        assertThat(rows(",column_1\n0,1\n1,3\n")).startsWith(List.of("column_1_2", "column_1"));
        assertThat(DatasetFormat.detect(TestFiles.write(directory, ",a\n0,1\n1,3\n"), null, LayoutOptions.DEFAULT)
                        .warnings())
                .singleElement()
                .asString()
                .startsWith("The first column has no name: it is called column_1");
        assertThat(refusal("a,b\n1,2,\n3,4,\n")).startsWith("2 rows don't have the 2 fields of the first line");
    }

    private List<List<String>> rows(String text, String options) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        TestFiles.csv(TestFiles.write(directory, text), TestFiles.options(options))
                .read(TestFiles.collect(rows));
        return rows;
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "`a~b\n1~2` -> `{'delimiter':'~'}` -> `[[a, b], [1, 2]]`",
                "`a b\n1 2` -> `{'delimiter':' '}` -> `[[a, b], [1, 2]]`",
                "`a,b\n|1,5|,2` -> `{'quote':'|','delimiter':','}` -> `[[a, b], [1,5, 2]]`",
                "`a,b\n'1,2` -> `{'quote':''}` -> `[[a, b], ['1, 2]]`",
                "`a,b\n1\\,5,\\\\2\n3,\\\n4` -> `{'escape':'\\'}` -> `[[a, b], [1,5, \\2], [3, \n4]]`",
                "`#c\na,b\n#d,e,f\n1,#2` -> `{'comment':'#'}` -> `[[a, b], [1, #2]]`",
                "`1,2\n3,4` -> `{'header':'auto'}` -> `[[column_1, column_2], [1, 2], [3, 4]]`",
                "`a,b\n3,4` -> `{'header':'auto'}` -> `[[a, b], [3, 4]]`",
                "`a,b\n1\n3,4` -> `{'ragged':'skip'}` -> `[[a, b], [3, 4]]`",
                "`a,b\n1\n3,4,,` -> `{'ragged':'pad'}` -> `[[a, b], [1, ], [3, 4]]`",
                "`a,a,a_2,a\n1,2,3,4` -> `{'duplicate_names':'number'}` -> `[[a, a_3, a_2, a_4], [1, 2, 3, 4]]`"
            })
    void whateverIsDeclaredIsHeeded(String text, String options, String expected) throws IOException {
        assertThat(rows(text, options)).hasToString(expected);
    }

    /** Of any text without an escape, both parsers make the same. */
    @Test
    void bothParsersAgree() {
        SplittableRandom random = new SplittableRandom(7);
        String pieces = "a1,,\"\n\n\r\"\"\"";
        LayoutOptions slow = TestFiles.options("{'delimiter':',','escape':'!'}");
        LayoutOptions fast = TestFiles.options("{'delimiter':','}");
        int read = 0;
        for (int round = 0; round < 5_000; round++) {
            StringBuilder text = new StringBuilder("x,y\n");
            for (int i = random.nextInt(14); i > 0; i--) {
                text.append(pieces.charAt(random.nextInt(pieces.length())));
            }
            Path file = TestFiles.write(directory, text.toString());
            Object expected = outcome(file, fast);
            assertThat(outcome(file, slow)).as(text.toString()).isEqualTo(expected);
            read += expected instanceof List ? 1 : 0;
        }
        assertThat(read).isBetween(200, 4_800);
    }

    private static Object outcome(Path file, LayoutOptions options) {
        List<List<String>> rows = new ArrayList<>();
        try {
            TestFiles.csv(file, options).read(TestFiles.collect(rows));
            return rows;
        } catch (ProblemException refused) {
            return refused.detail().startsWith("The file is no CSV") ? "no CSV" : refused.detail();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
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
                "`{\"a\": 1}` -> JSON, of which",
                "`\ufeff [1, 2]` -> JSON, of which",
                "`<html>` -> HTML or XML",
                "`PAR1....` -> a Parquet file",
                "`a,b\n1,\0\n` -> binary: it has zero bytes, the first in line 2"
            })
    void whatIsNoCsvIsCalledByItsName(String text, String kind) {
        assertThat(refusal(text.getBytes(StandardCharsets.UTF_8)))
                .startsWith("The file is %s".formatted(kind))
                .endsWith("; accepted: CSV in UTF-8 with a header line and at least one row");
    }

    @Test
    void binaryFormatsAreCalledByTheirNames() {
        assertThat(refusal(new byte[] {'P', 'K', 3, 4, 0, 0})).startsWith("The file is a ZIP archive");
        assertThat(refusal(new byte[] {0x1f, (byte) 0x8b, 8})).startsWith("The file is gzip");
        assertThat(refusal(new byte[] {(byte) 0x89, 'P', 'N', 'G'})).startsWith("The file is a PNG picture");
    }
}
