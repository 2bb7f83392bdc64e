package dev.descent.job.matrix;

import dev.descent.core.Name;
import dev.descent.core.data.ColumnEncoder;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.data.split.PartSizes;
import java.util.List;

/**
 * What a run needs of its data besides the numbers.
 *
 * @param tableRows of the dataset
 * @param trainRows of the training part
 * @param validationRows of the validation part; 0 if there is none
 * @param testRows likewise
 * @param unused the inputs that are 0 in all of the training part
 * @param warnings about the data
 */
record MatrixDescription(
        @Name("encoders") List<ColumnEncoder> encoders,
        @Name("target") TargetEncoder target,
        @Name("table_rows") long tableRows,
        @Name("train_rows") int trainRows,
        @Name("validation_rows") int validationRows,
        @Name("test_rows") int testRows,
        @Name("unused") List<Integer> unused,
        @Name("warnings") List<String> warnings) {

    PartSizes parts() {
        return new PartSizes(trainRows, validationRows, testRows);
    }
}
