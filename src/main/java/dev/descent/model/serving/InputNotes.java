package dev.descent.model.serving;

import dev.descent.core.Count;
import dev.descent.core.Name;
import dev.descent.core.Names;
import dev.descent.core.data.ColumnEncoder;
import dev.descent.core.data.Preprocessor;
import dev.descent.core.data.encode.Fitted;
import dev.descent.core.data.encode.Impute;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Collects notes on cells that were not encoded as they are. */
final class InputNotes implements Preprocessor.FindingListener {

    private final boolean keepsRows;
    private final List<String> ofFile = new ArrayList<>();
    private long count;
    private final IdentityHashMap<ColumnEncoder, Counts> byColumn = new IdentityHashMap<>();
    private final List<Counts> counts = new ArrayList<>();
    private final Map<Integer, List<InputNote>> byRow = new TreeMap<>();

    /** @param keepsRows whether each row's notes are wanted, and not only how many there are */
    InputNotes(boolean keepsRows) {
        this.keepsRows = keepsRows;
    }

    /**
     * How one cell was treated.
     *
     * @param finding {@code imputed}, {@code unseen}, {@code rare}, {@code rare_or_unseen} or {@code out_of_range}
     */
    record InputNote(
            @Name("column") String column, @Name("finding") String finding) {}

    @Override
    public void found(ColumnEncoder encoder, int row, ColumnEncoder.Finding finding) {
        count++;
        if (keepsRows) {
            byRow.computeIfAbsent(row, key -> new ArrayList<>()).add(new InputNote(encoder.name(), Names.of(finding)));
        }
        byColumn.computeIfAbsent(encoder, this::started).byFinding.merge(finding, 1L, Long::sum);
    }

    /** What was taken for granted about the file of the rows. */
    void add(List<String> warnings) {
        ofFile.addAll(warnings);
        count += warnings.size();
    }

    private Counts started(ColumnEncoder encoder) {
        Counts started = new Counts(encoder, new EnumMap<>(ColumnEncoder.Finding.class));
        counts.add(started);
        return started;
    }

    /** The findings in one column. */
    private record Counts(ColumnEncoder encoder, Map<ColumnEncoder.Finding, Long> byFinding) {}

    private static String sentence(ColumnEncoder encoder, ColumnEncoder.Finding finding) {
        return switch (finding) {
            case IMPUTED ->
                "Column \"%s\" is empty; the training part's %s stands in"
                        .formatted(encoder.name(), substitute(encoder));
            case UNSEEN ->
                "Column \"%s\" has a level that the training part doesn't have; it counts as unseen"
                        .formatted(encoder.name());
            case RARE ->
                "Column \"%s\" has a level that is too rare in the training part for an input of its own; it counts as one of the rarer ones"
                        .formatted(encoder.name());
            case RARE_OR_UNSEEN ->
                "Column \"%s\" has a level that is too rare in the training part for an input of its own, or absent from it"
                        .formatted(encoder.name());
            case OUT_OF_RANGE ->
                "Column \"%s\" has a value outside the range of the training part".formatted(encoder.name());
            case NOTHING -> "Column \"%s\" was encoded".formatted(encoder.name());
        };
    }

    private static String substitute(ColumnEncoder encoder) {
        Fitted.Substitute substitute = encoder.substitute();
        if (substitute.value() == null) {
            return substitute.by() == Impute.OWN_LEVEL ? "own level for empty cells" : "emptiness";
        }
        boolean isLevel = !encoder.columnType().isNumber();
        String by = Names.of(substitute.by()).replace('_', ' ')
                + (isLevel && substitute.by() == Impute.MOST_FREQUENT ? " level" : "");
        return isLevel ? "%s, \"%s\",".formatted(by, substitute.value()) : "%s, %s,".formatted(by, substitute.value());
    }

    /** One sentence per kind of finding and column, with the number of rows affected. */
    List<String> warnings() {
        Stream<String> ofCells = counts.stream()
                .flatMap(column -> column.byFinding().entrySet().stream()
                        .map(found -> "%s (%s)"
                                .formatted(
                                        sentence(column.encoder(), found.getKey()),
                                        Count.of(found.getValue(), "row"))));
        return Stream.concat(ofFile.stream(), ofCells).toList();
    }

    /** How many cells there were, and warnings about the file. */
    long count() {
        return count;
    }

    /** Of a row whose notes are not needed any more; null if they are not kept. */
    @Nullable
    List<InputNote> ofRow(int row) {
        if (!keepsRows) {
            return null;
        }
        List<InputNote> found = byRow.remove(row);
        return found == null ? List.of() : found;
    }
}
