package dev.descent.dataset.statistics;

import dev.descent.core.Name;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * How closely each column goes with a target, the closest first.
 *
 * @param rows the number of rows they were computed from
 * @param total the number of rows of the dataset
 * @param leftOut the columns with too many levels, or without a value
 */
public record Associations(
        @Name("object") String object,
        @Name("target") String target,
        @Name("rows") int rows,
        @Name("total") long total,
        @Name("data") List<Association> data,
        @Name("left_out") List<String> leftOut) {

    /** @param leftOut columns that are not in the sample */
    public static Associations of(Sample sample, String target, long total, List<String> leftOut) {
        Map<String, Sample.Values> columns = sample.columns();
        Sample.Values ofTarget = columns.get(target);
        List<Association> found = new ArrayList<>();
        List<String> left = new ArrayList<>(leftOut);
        columns.forEach((name, values) -> {
            if (values.isEmpty() || ofTarget == null) {
                left.add(name);
            } else if (!name.equals(target)) {
                found.add(AssociationMeasures.between(name, values, ofTarget));
            }
        });
        left.remove(target);
        found.sort(Comparator.comparingDouble(Association::strength).reversed().thenComparing(Association::column));
        return new Associations("associations", target, sample.rows(), total, found, left);
    }
}
