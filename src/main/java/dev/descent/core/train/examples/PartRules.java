package dev.descent.core.train.examples;

import dev.descent.core.Count;
import dev.descent.core.Excerpt;
import dev.descent.core.data.split.PartSizes;
import dev.descent.core.data.split.Split;
import dev.descent.core.data.split.SplitSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Whether each part of a split has rows. */
public final class PartRules {

    /** The limit of the search for a sufficient number of rows. */
    private static final int MOST_MISSING = 1_000_000;

    private final int rows;
    private final PartSizes sizes;

    private PartRules(int rows, PartSizes sizes) {
        this.rows = rows;
        this.sizes = sizes;
    }

    /** @param rows with a target */
    static List<DataViolation> violations(SplitSpec spec, int rows, PartSizes sizes) {
        PartRules rules = new PartRules(rows, sizes);
        return spec.match(rules::ofRandom, rules::ofColumn, rules::ofTime, rules::ofGroup, folds -> List.of());
    }

    /** What is wrong if there are fewer rows than folds into which they are dealt one by one. */
    static List<DataViolation> ofRows(SplitSpec split, int rows) {
        SplitSpec.FoldsSpec spec = split.crossValidation();
        return spec == null || spec.group() != null || rows >= spec.folds()
                ? List.of()
                : List.of(tooFew(spec, "%s can be dealt into them".formatted(Count.of(rows, "row")), rows));
    }

    /**
     * What is wrong if there are fewer groups than folds into which they are dealt.
     *
     * @param groups an upper bound will do
     */
    public static List<DataViolation> ofGroups(SplitSpec split, long groups) {
        SplitSpec.FoldsSpec spec = split.crossValidation();
        return spec == null || spec.group() == null || groups >= spec.folds()
                ? List.of()
                : List.of(tooFew(
                        spec,
                        "\"%s\" has %s, whose rows stay together"
                                .formatted(Excerpt.of(spec.group()), Count.of(groups, "different value")),
                        groups));
    }

    private static DataViolation tooFew(SplitSpec.FoldsSpec spec, String dealt, long most) {
        return new DataViolation(
                "split/folds",
                "folds is %d, but %s; accepted: %s"
                        .formatted(
                                spec.folds(),
                                dealt,
                                most < 2 ? "2 with more of them" : "a whole number from 2 to %d".formatted(most)));
    }

    private List<DataViolation> ofRandom(SplitSpec.RandomSpec spec) {
        return empty(spec.shares()).stream()
                .map(part -> new DataViolation(
                        "split/" + part.name(),
                        "%s for the %s part at a share of %s; %s"
                                .formatted(
                                        Count.of(rows, "row leaves none", "rows leave none"),
                                        part.name(),
                                        part.share(),
                                        remedy(spec))))
                .toList();
    }

    private String remedy(SplitSpec.RandomSpec spec) {
        int least = IntStream.range(rows, rows + MOST_MISSING)
                .filter(enough -> Split.fillsParts(enough, spec))
                .findFirst()
                .orElse(rows + MOST_MISSING);
        return least > rows
                ? "at least %s needed".formatted(Count.of(least, "row is", "rows are"))
                : "more rows of a class are needed, since the last of each is trained on";
    }

    private List<DataViolation> ofColumn(SplitSpec.ColumnSpec spec) {
        return sizes.train() > 0
                ? List.of()
                : List.of(new DataViolation(
                        "split/column",
                        "\"%s\" is train in none of %s; accepted: train in some of them"
                                .formatted(Excerpt.of(spec.column()), Count.of(rows, "row"))));
    }

    private List<DataViolation> ofTime(SplitSpec.TimeSpec spec) {
        return together(spec, spec.shares(), "times", "time");
    }

    private List<DataViolation> ofGroup(SplitSpec.GroupSpec spec) {
        return together(spec, spec.shares(), "groups", "group");
    }

    private List<DataViolation> together(SplitSpec spec, SplitSpec.Shares shares, String whole, String one) {
        SplitSpec.Key key = Objects.requireNonNull(spec.key());
        return empty(shares).stream()
                .map(part -> new DataViolation(
                        "split/" + key.field(),
                        "\"%s\" leaves no row for the %s part at a share of %s, since rows of the same %s stay together; at least %d different %s are needed"
                                .formatted(
                                        Excerpt.of(key.column()),
                                        part.name(),
                                        part.share(),
                                        one,
                                        shares.parts(),
                                        whole)))
                .toList();
    }

    private record Part(String name, double share) {}

    /** The parts that have a share but no rows. */
    private List<Part> empty(SplitSpec.Shares shares) {
        SplitSpec.Shares of1 = shares.normalized();
        List<Part> empty = new ArrayList<>();
        if (sizes.train() == 0) {
            empty.add(new Part("train", of1.train()));
        }
        if (sizes.validation() == 0 && of1.validation() > 0) {
            empty.add(new Part("validation", of1.validation()));
        }
        if (sizes.test() == 0 && of1.test() > 0) {
            empty.add(new Part("test", of1.test()));
        }
        return empty;
    }
}
