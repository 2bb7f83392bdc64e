package dev.descent.model.serving;

import dev.descent.core.Excerpt;
import dev.descent.core.data.ColumnEncoder;
import dev.descent.dataset.DatasetReading;
import dev.descent.dataset.cell.ColumnReading;
import dev.descent.dataset.cell.MissingValues;
import dev.descent.dataset.format.FileLayout;
import dev.descent.model.LoadedModel;
import dev.descent.problem.Violations;
import dev.descent.request.Quote;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The columns that a model needs, and by which rules their cells are read. */
final class ModelInputs {

    private final List<ColumnEncoder> encoders;
    private final Set<String> names;
    private final MissingValues missingValues;
    private final DatasetReading reading;

    ModelInputs(List<ColumnEncoder> encoders, DatasetReading reading) {
        this.encoders = encoders;
        this.names = encoders.stream().map(ColumnEncoder::name).collect(Collectors.toCollection(LinkedHashSet::new));
        this.missingValues = new MissingValues(reading.missingValues());
        this.reading = reading;
    }

    static ModelInputs of(LoadedModel model) {
        return new ModelInputs(model.model().preprocessor().encoders(), model.reading());
    }

    /** The same for rows in a format that has nulls, each of which is an empty cell. */
    ModelInputs withNulls() {
        Set<String> missing = new HashSet<>(reading.missingValues());
        missing.add("");
        return new ModelInputs(encoders, new DatasetReading(List.copyOf(missing), reading.columns(), reading.rules()));
    }

    /** How the file of the dataset is laid out. */
    FileLayout layout() {
        return reading.rules().layout();
    }

    /** Empty columns for some rows. */
    List<InputColumn> columns(int rows) {
        return encoders.stream()
                .map(encoder -> new InputColumn(encoder, cellsOf(encoder), rows))
                .toList();
    }

    private InputColumn.Cells cellsOf(ColumnEncoder encoder) {
        return new InputColumn.Cells(
                missingValues, readingOf(encoder), reading.rules().reader(encoder.name()));
    }

    private ColumnReading readingOf(ColumnEncoder encoder) {
        ColumnReading own = reading.columns().get(encoder.name());
        return own == null ? ColumnReading.of(encoder.columnType()) : own;
    }

    /**
     * Adds a violation for each column that is missing, each that the model does not know, and for those that stand
     * there twice. All but the last are more often a mistake than intended.
     *
     * @param whatToSend what a client can do about a column that it lacks
     */
    void check(Collection<String> given, ExtraColumns extra, String whatToSend, String pointer, Violations violations) {
        Set<String> different = new HashSet<>(given);
        names.stream()
                .filter(name -> !different.contains(name))
                .forEach(name -> violations.add(
                        () -> pointer,
                        () -> "Column %s is missing; %s where its value is not known"
                                .formatted(Quote.text(name), whatToSend)));
        if (extra == ExtraColumns.REJECT) {
            different.stream()
                    .filter(name -> !names.contains(name))
                    .sorted()
                    .forEach(name -> violations.add(
                            () -> pointer,
                            () ->
                                    "Column %s is not an input of this model; accepted: %s, or others with extra_columns=ignore"
                                            .formatted(Quote.text(name), Excerpt.of(names, "columns"))));
        }
        if (different.size() < given.size()) {
            violations.add(pointer, "A column stands there twice");
        }
    }
}
