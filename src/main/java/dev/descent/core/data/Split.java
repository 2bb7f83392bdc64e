package dev.descent.core.data;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Row numbers dealt out to training, validation and test: every row to exactly one of them, at random.
 *
 * <p>Source: Goodfellow, Bengio, Courville, "Deep Learning" (2016), section 5.3.
 */
public record Split(int[] train, int[] validation, int[] test) {

    /**
     * Deals out rows stratum by stratum. What rounding leaves over in one stratum is carried to the next, so the parts as a whole are within one
     * row of their shares as well.
     *
     * @param rows the rows to deal out
     * @param strata the stratum of each of them, from 0; all 0 for a split without strata
     */
    public static Split deal(int[] rows, int[] strata, SplitSpec spec) {
        SplittableRandom random = RandomStream.SPLIT.of(spec.seed(), 0);
        int[] places = new int[rows.length];
        Arrays.setAll(places, place -> place);
        RandomStream.shuffle(places, random);
        SplitSpec shares = spec.normalized();
        Dealer dealer = new Dealer(rows.length);
        int count = Arrays.stream(strata).max().orElse(-1) + 1;
        int[][] byStratum = group(places, strata, count);
        for (int[] stratum : byStratum) {
            dealer.deal(stratum, shares);
        }
        return dealer.split(rows);
    }

    private static int[][] group(int[] places, int[] strata, int count) {
        int[] sizes = new int[count];
        for (int stratum : strata) {
            sizes[stratum]++;
        }
        int[][] groups = new int[count][];
        Arrays.setAll(groups, stratum -> new int[sizes[stratum]]);
        int[] used = new int[count];
        for (int place : places) {
            int stratum = strata[place];
            groups[stratum][used[stratum]++] = place;
        }
        return groups;
    }

    private static final class Dealer {

        private final Part train;
        private final Part validation;
        private final Part test;
        private double validationCarry;
        private double testCarry;

        Dealer(int rows) {
            this.train = new Part(rows);
            this.validation = new Part(rows);
            this.test = new Part(rows);
        }

        void deal(int[] stratum, SplitSpec shares) {
            validationCarry += stratum.length * shares.validation();
            testCarry += stratum.length * shares.test();
            // A class must not be missing from the training part: its last row stays there.
            int left = stratum.length - 1;
            int forValidation = (int) Math.max(0, Math.min(left, Math.round(validationCarry)));
            int forTest = (int) Math.max(0, Math.min(left - forValidation, Math.round(testCarry)));
            validationCarry -= forValidation;
            testCarry -= forTest;
            for (int i = 0; i < stratum.length; i++) {
                Part part = i < forValidation ? validation : i < forValidation + forTest ? test : train;
                part.add(stratum[i]);
            }
        }

        Split split(int[] rows) {
            return new Split(train.rows(rows), validation.rows(rows), test.rows(rows));
        }
    }

    private static final class Part {

        private final int[] places;
        private int size;

        Part(int capacity) {
            this.places = new int[capacity];
        }

        void add(int place) {
            places[size++] = place;
        }

        /** In the order of the table, so that a part doesn't depend on the order of the strata. */
        int[] rows(int[] all) {
            return Arrays.stream(places, 0, size)
                    .map(place -> all[place])
                    .sorted()
                    .toArray();
        }
    }
}
