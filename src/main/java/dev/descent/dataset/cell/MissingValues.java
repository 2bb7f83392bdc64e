package dev.descent.dataset.cell;

import dev.descent.core.data.Cell;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;

/** The texts that mean an empty cell, as the client of a dataset said. Thread-safe. */
public final class MissingValues {

    private final Set<String> texts;
    private final TextTable table;
    private final double[] numbers;

    public MissingValues(Collection<String> texts) {
        this.texts = Set.copyOf(texts);
        this.table = TextTable.of(this.texts);
        this.numbers = this.texts.stream()
                .mapToDouble(Cell::number)
                .filter(number -> !Double.isNaN(number))
                .toArray();
    }

    public boolean contain(String text) {
        return texts.contains(text);
    }

    /** The same for a cell inside a larger buffer; {@code from} is inclusive, {@code to} exclusive. */
    public boolean contain(char[] characters, int from, int to) {
        return table.find(characters, from, to) != TextTable.UNKNOWN;
    }

    /** Whether a number is written as one of them, as −999 is. */
    public boolean contain(double number) {
        return numbers.length > 0 && Arrays.stream(numbers).anyMatch(marker -> marker == number);
    }
}
