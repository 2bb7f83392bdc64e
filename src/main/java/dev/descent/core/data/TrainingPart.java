package dev.descent.core.data;

/**
 * What encoders are fitted to.
 *
 * @param rows of the table
 * @param targets what is to be predicted
 */
public record TrainingPart(Table table, int[] rows, TargetValues targets) {

    /** The targets of all rows of the table, as a mean can be taken of them. */
    public interface TargetValues {

        /** Of an autoencoder. */
        TargetValues NONE = new TargetValues() {
            @Override
            public int count() {
                return 0;
            }

            @Override
            public double of(int row, int target) {
                throw new IllegalStateException("There is no target");
            }
        };

        /** One per target of numbers, one for two classes, one per class for more. */
        int count();

        /** The encoded number, or 1 if the row is of the class and 0 if not. */
        double of(int row, int target);
    }
}
