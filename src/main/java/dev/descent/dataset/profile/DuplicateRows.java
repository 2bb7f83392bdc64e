package dev.descent.dataset.profile;

import dev.descent.core.Count;
import dev.descent.dataset.format.Row;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Counts rows that repeat an earlier one, by a hash of 128 bits in a table of bounded size. Whenever it is full, only
 * every second hash is kept from then on: what those say stands for all rows.
 */
final class DuplicateRows {

    /** Random, so that the author of a file cannot know which rows collide. */
    private static final long SEED = new SplittableRandom().nextLong();

    private static final long FIRST_MULTIPLIER = new SplittableRandom().nextLong() | 1;
    private static final long SECOND_MULTIPLIER = new SplittableRandom().nextLong() | 1;
    private static final int FIRST_SLOTS = 64;
    private static final int BYTES_PER_SLOT = 2 * Long.BYTES + Long.BYTES + Integer.BYTES;

    private final int mostSlots;
    private Slots slots = new Slots(FIRST_SLOTS);

    /** Hashes are kept whose lowest bits, so many, are 0. */
    private int halvings;

    private @Nullable String firstPair;
    private long found;

    /** @param heap what it may take, in bytes */
    DuplicateRows(long heap) {
        // While it grows, the table of half the size is still there.
        long most = Math.max(FIRST_SLOTS, Math.min(1 << 28, heap * 2 / 3 / BYTES_PER_SLOT));
        this.mostSlots = Integer.highestOneBit((int) most);
    }

    void add(Row row) {
        long first = SEED ^ row.size();
        long second = ~SEED;
        char[] characters = row.characters();
        int start = row.from(0);
        int length = row.to(row.size() - 1);
        int at = start;
        for (; at + 4 <= length; at += 4) {
            long four = characters[at]
                    | (long) characters[at + 1] << 16
                    | (long) characters[at + 2] << 32
                    | (long) characters[at + 3] << 48;
            first = mix(first ^ four, FIRST_MULTIPLIER);
            second = mix(second + four, SECOND_MULTIPLIER);
        }
        for (; at < length; at++) {
            first = mix(first ^ characters[at], FIRST_MULTIPLIER);
            second = mix(second + characters[at], SECOND_MULTIPLIER);
        }
        long ends = 0;
        for (int cell = 0; cell < row.size(); cell++) {
            ends = ends * FIRST_MULTIPLIER + row.to(cell) - start;
        }
        first = mix(first ^ ends, FIRST_MULTIPLIER);
        second = mix(second + ends, SECOND_MULTIPLIER);
        add(mix(first, SECOND_MULTIPLIER), mix(second, FIRST_MULTIPLIER), row.line());
    }

    private static long mix(long hash, long multiplier) {
        long product = hash * multiplier;
        return product ^ product >>> 29;
    }

    private void add(long first, long second, long line) {
        if (!isKept(second)) {
            return;
        }
        int slot = slots.find(first, second);
        if (slots.lines[slot] != 0) {
            slots.repeats[slot]++;
            found++;
            if (firstPair == null) {
                firstPair = "line %d repeats line %d".formatted(line, slots.lines[slot]);
            }
            return;
        }
        slots.put(slot, first, second, line, 0);
        if (slots.isFull()) {
            slots = rebuilt();
        }
    }

    private boolean isKept(long hash) {
        return (hash & (1L << halvings) - 1) == 0;
    }

    /** Twice the size or, if that is too large, the same with about half of the hashes. */
    private Slots rebuilt() {
        boolean canGrow = slots.lines.length < mostSlots;
        if (!canGrow) {
            halvings++;
        }
        Slots larger = new Slots(canGrow ? 2 * slots.lines.length : slots.lines.length);
        for (int slot = 0; slot < slots.lines.length; slot++) {
            if (slots.lines[slot] != 0 && isKept(slots.second[slot])) {
                int free = larger.find(slots.first[slot], slots.second[slot]);
                larger.put(free, slots.first[slot], slots.second[slot], slots.lines[slot], slots.repeats[slot]);
            }
        }
        return larger;
    }

    /** A warning about the file; null if no row repeats another. */
    @Nullable
    String warning() {
        if (firstPair == null) {
            return null;
        }
        long kept = 0;
        for (int repeats : slots.repeats) {
            kept += repeats;
        }
        return halvings == 0
                ? "%s an earlier one; the first: %s".formatted(Count.of(found, "row repeats", "rows repeat"), firstPair)
                : String.format(
                        Locale.ROOT,
                        "About %,d rows repeat an earlier one, estimated from one in %,d rows; among the first: %s",
                        Math.max(found, kept << halvings),
                        1L << halvings,
                        firstPair);
    }

    /** An open-addressed hash table; a line of 0 is a free slot. */
    private static final class Slots {

        private final long[] first;
        private final long[] second;
        private final long[] lines;
        private final int[] repeats;
        private int used;

        Slots(int count) {
            first = new long[count];
            second = new long[count];
            lines = new long[count];
            repeats = new int[count];
        }

        /** The slot of a hash, or the free one where it belongs. */
        int find(long hash, long other) {
            int slot = (int) (hash >>> 32) & lines.length - 1;
            while (lines[slot] != 0 && (first[slot] != hash || second[slot] != other)) {
                slot = slot + 1 & lines.length - 1;
            }
            return slot;
        }

        void put(int slot, long hash, long other, long line, int repeated) {
            first[slot] = hash;
            second[slot] = other;
            lines[slot] = line;
            repeats[slot] = repeated;
            used++;
        }

        boolean isFull() {
            return 4L * used >= 3L * lines.length;
        }
    }
}
