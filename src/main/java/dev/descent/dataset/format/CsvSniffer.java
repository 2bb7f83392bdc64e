package dev.descent.dataset.format;

import dev.descent.core.data.Cell;
import dev.descent.core.data.CellReader;
import dev.descent.core.data.CellRules;
import dev.descent.problem.ProblemException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out the layout of a file of delimited text, as far as the client does not declare it, from its first records.
 * The delimiter is the one by which most records have the same number of cells; among several, the one by which most
 * cells are numbers or dates, and then the one that makes most cells.
 */
final class CsvSniffer {

    private static final int START = 1 << 16;
    private static final int RECORDS = 100;
    private static final RowLimits ANY = new RowLimits(1 << 20, 1 << 20, 1 << 20, 1 << 24);
    private static final CellReader DECIMAL_COMMA = CellReader.of(new CellRules(",", "", false, false, ""));

    private final Path file;
    private final LayoutOptions options;
    private final List<String> warnings = new ArrayList<>();

    private CsvSniffer(Path file, LayoutOptions options) {
        this.file = file;
        this.options = options;
    }

    /** @throws ProblemException 422 if the file cannot be delimited text */
    static Detected detect(Path file, LayoutOptions options) throws IOException {
        return new CsvSniffer(file, options).detect();
    }

    private Detected detect() throws IOException {
        FileKind.refuseAnyOther(file);
        TextEncoding encoding = encoding();
        String start = EncodedText.start(file, encoding, START);
        FileKind.refuseAnyOther(start);
        FileLayout layout = new FileLayout(
                ",",
                options.quote(),
                options.escape(),
                options.comment(),
                options.header() != HeaderLine.ABSENT,
                "",
                encoding,
                options.ragged(),
                options.duplicateNames(),
                List.of());
        boolean isWhole = start.length() < START;
        layout = options.delimiter() != null && options.hasDelimiter()
                ? layout.with(options.delimiter().charAt(0))
                : layout.with(delimiter(start, layout, isWhole));
        layout = withHeader(layout, records(start, layout, isWhole));
        DatasetFormat format = layout.delimiterCharacter() == '\t' ? DatasetFormat.TSV : DatasetFormat.CSV;
        return new Detected(format, layout, warnings);
    }

    private TextEncoding encoding() throws IOException {
        if (options.encoding() != null) {
            return EncodedText.marked(file, options.encoding());
        }
        TextEncoding marked = EncodedText.marked(file, TextEncoding.UTF_8);
        if (marked != TextEncoding.UTF_8) {
            return marked;
        }
        long invalid = EncodedText.firstInvalidByte(file, TextEncoding.UTF_8);
        if (invalid < 0) {
            return TextEncoding.UTF_8;
        }
        if (EncodedText.firstInvalidByte(file, TextEncoding.WINDOWS_1252) >= 0) {
            throw EncodedText.invalid(file, TextEncoding.UTF_8);
        }
        warnings.add("%s, so it was read as Windows-1252; the option encoding states another"
                .formatted(EncodedText.describeInvalid(file, TextEncoding.UTF_8, invalid)));
        return TextEncoding.WINDOWS_1252;
    }

    /** The first records, blank lines left out; the last one is left out if it may be cut off. */
    private static List<List<String>> records(String start, FileLayout layout, boolean isWhole) {
        List<List<String>> records = new ArrayList<>();
        try {
            DialectReader reader = new DialectReader(new StringReader(start), layout, ANY).lenient();
            for (Row row = reader.read(); row != null && records.size() <= RECORDS; row = reader.read()) {
                if (!row.isBlankLine()) {
                    records.add(row.texts());
                }
            }
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        boolean isCut = records.size() > RECORDS || !isWhole;
        return isCut && records.size() > 1 ? records.subList(0, records.size() - 1) : records;
    }

    private static char delimiter(String start, FileLayout layout, boolean isWhole) {
        return FileLayout.DELIMITERS.stream()
                .filter(delimiter -> start.indexOf(delimiter) >= 0)
                .map(delimiter -> Candidate.of(delimiter, records(start, layout.with(delimiter), isWhole)))
                .filter(candidate -> candidate.width() > 1)
                .max(Comparator.comparingDouble(Candidate::consistency)
                        .thenComparingDouble(Candidate::typed)
                        .thenComparingInt(Candidate::width)
                        .thenComparingInt(candidate -> -FileLayout.DELIMITERS.indexOf(candidate.delimiter)))
                .map(Candidate::delimiter)
                .orElse(',');
    }

    /**
     * A delimiter, and what it makes of the records.
     *
     * @param width how many cells most records have
     * @param consistency the share of records with so many cells, half of it where the first record has fewer, unless
     *     those are the names of all columns but the first
     * @param typed the share of numbers and dates among the cells
     */
    private record Candidate(char delimiter, int width, double consistency, double typed) {

        static Candidate of(char delimiter, List<List<String>> records) {
            Map<Integer, Integer> widths = new HashMap<>();
            long cells = 0;
            long typed = 0;
            for (List<String> record : records) {
                widths.merge(record.size(), 1, Integer::sum);
                cells += record.size();
                typed +=
                        record.stream().filter(cell -> isTyped(cell, delimiter)).count();
            }
            int width = widths.entrySet().stream()
                    .filter(entry -> entry.getKey() > 1)
                    .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                    .map(Map.Entry::getKey)
                    .orElse(1);
            int first = records.get(0).size();
            boolean fits = first == width || (first == width - 1 && first > 1);
            double share = (double) widths.getOrDefault(width, 0) / records.size();
            return new Candidate(delimiter, width, fits ? share : share / 2, (double) typed / cells);
        }
    }

    private static boolean isTyped(String cell, char delimiter) {
        return isTyped(cell) || (delimiter != ',' && !Double.isNaN(DECIMAL_COMMA.number(cell)));
    }

    private static boolean isTyped(String cell) {
        return !Double.isNaN(Cell.number(cell)) || !Double.isNaN(Cell.day(cell));
    }

    private FileLayout withHeader(FileLayout layout, List<List<String>> records) {
        if (records.isEmpty()) {
            return layout;
        }
        boolean looksLikeData = looksLikeData(records);
        if (options.header() == HeaderLine.AUTO) {
            warnings.add(
                    looksLikeData
                            ? "The first line looks like data, so the columns are called column_1, column_2 …; \"header\": true takes it for their names"
                            : "The first line looks like the names of the columns, and was taken for them; \"header\": false takes it for data");
            return looksLikeData ? layout.with(false, "") : withRowNames(layout, records);
        }
        if (options.header() == HeaderLine.ABSENT) {
            return layout;
        }
        if (looksLikeData) {
            warnings.add(
                    "The first line was taken for the names of the columns, but looks like data; \"header\": false takes it for data");
        }
        return withRowNames(layout, records);
    }

    /**
     * Whether the first line is like those below it: where they have numbers or dates, it has one as well, at least
     * once, and whatever else it has occurs below it, too.
     */
    private static boolean looksLikeData(List<List<String>> records) {
        List<String> first = records.get(0);
        boolean hasTyped = false;
        for (int i = 0; i < first.size() && records.size() > 1; i++) {
            String cell = first.get(i);
            if (isTyped(cell)) {
                hasTyped |= allTypedBelow(records, i);
            } else if (!cell.isEmpty() && !below(records, i).contains(cell)) {
                return false;
            }
        }
        return hasTyped;
    }

    private static boolean allTypedBelow(List<List<String>> records, int column) {
        return below(records, column).stream().allMatch(cell -> cell.isEmpty() || isTyped(cell));
    }

    private static Set<String> below(List<List<String>> records, int column) {
        Set<String> cells = new HashSet<>();
        for (List<String> record : records.subList(1, records.size())) {
            if (column < record.size()) {
                cells.add(record.get(column));
            }
        }
        return cells;
    }

    /** Tables of R have one name fewer than columns; those of pandas have an empty one. */
    private FileLayout withRowNames(FileLayout layout, List<List<String>> records) {
        List<String> names = records.get(0);
        @Nullable String why = null;
        if (names.get(0).isBlank()) {
            why = "has no name";
        } else if (hasOneNameFewer(records)) {
            why = "has none of the %d names of the first line, one fewer than columns".formatted(names.size());
        }
        if (why == null) {
            return layout;
        }
        String name = HeaderNames.free(HeaderNames.numberedName(1), new HashSet<>(names));
        warnings.add(
                "The first column %s: it is called %s and is no input, like the names of rows; \"columns\": {\"%s\": {\"type\": …}} states another type"
                        .formatted(why, name, name));
        return layout.with(true, name);
    }

    /** Unless the last column is always empty, as behind a delimiter at the end of each line. */
    private static boolean hasOneNameFewer(List<List<String>> records) {
        int names = records.get(0).size();
        List<List<String>> rows = records.subList(1, records.size());
        return !rows.isEmpty()
                && rows.stream().allMatch(row -> row.size() == names + 1)
                && rows.stream().anyMatch(row -> !row.get(names).isEmpty());
    }
}
