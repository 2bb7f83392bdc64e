package dev.descent.dataset.profile;

import dev.descent.core.Excerpt;
import dev.descent.core.data.ColumnType;
import dev.descent.dataset.cell.MissingMarkers;
import dev.descent.dataset.profile.Misfits.Misfit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which cells of a column are not of a type. */
final class TypeFit {

    private static final int FIRST = 3;

    /** Of a hundred cells, at least so many are of the type if the others only mark what is missing. */
    private static final int FITTING_PERCENT = 99;

    private final ColumnType type;
    private final List<Misfit> first = new ArrayList<>(FIRST);
    private final Set<String> markers = new LinkedHashSet<>();
    private boolean onlyMarkers = true;

    TypeFit(ColumnType type) {
        this.type = type;
    }

    ColumnType type() {
        return type;
    }

    /** Takes a cell that is not of the type. */
    void add(String text, long line) {
        if (first.size() < FIRST) {
            first.add(new Misfit(line, Excerpt.of(text)));
        }
        if (onlyMarkers) {
            if (MissingMarkers.contains(text)) {
                markers.add(text.strip());
            } else {
                onlyMarkers = false;
                markers.clear();
            }
        }
    }

    /** Whether further cells that are not of the type add nothing to what is known. */
    boolean isSettled() {
        return first.size() == FIRST && !onlyMarkers;
    }

    /** The markers of what is missing, as they are written, as long as there is no other misfit. */
    Set<String> markers() {
        return markers;
    }

    /** Whether nearly all cells are of the type, and the others mark what is missing. */
    boolean isButForMarkers(long fitting, long known) {
        return onlyMarkers && fitting > 0 && 100 * fitting >= FITTING_PERCENT * known;
    }

    Misfits misfits(long fitting, long known) {
        return new Misfits(type, fitting, known, List.copyOf(first));
    }
}
