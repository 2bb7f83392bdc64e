package dev.descent.dataset;

import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Different texts, numbered from 0 in the order in which they come. A text is looked up by its characters where they
 * stand.
 */
final class TextTable {

    static final int UNKNOWN = -1;

    private static final int FIRST_SLOTS = 16;

    /** Whoever writes a file must not know which texts share a slot. */
    private static final long SEED = new SplittableRandom().nextLong();

    private static final long MULTIPLIER = new SplittableRandom().nextLong() | 1;

    private final List<String> texts = new ArrayList<>();

    /**
     * The number of a text and 1, where its hash says, or in the next free place behind. At most half of them are
     * taken.
     */
    private int[] slots = new int[FIRST_SLOTS];

    /**
     * The texts in the slots as far as they are short, so that these are found without a look at Strings all over the
     * memory.
     */
    private long[] shortTexts = new long[FIRST_SLOTS];

    static TextTable of(Iterable<String> texts) {
        TextTable table = new TextTable();
        texts.forEach(table::add);
        return table;
    }

    /** @return the number of a text, or {@link #UNKNOWN} */
    int find(char[] characters, int from, int to) {
        long asNumber = asNumber(characters, from, to);
        int slot = slot(asNumber, characters, from, to);
        while (slots[slot] != 0) {
            int number = slots[slot] - 1;
            if (shortTexts[slot] == asNumber && (asNumber != 0 || equal(texts.get(number), characters, from, to))) {
                return number;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return UNKNOWN;
    }

    /** The bytes of a text of up to eight characters of ASCII, or 0 for any other. */
    private static long asNumber(char[] characters, int from, int to) {
        if (to - from > Long.BYTES) {
            return 0;
        }
        long number = 0;
        for (int i = from; i < to; i++) {
            char character = characters[i];
            if (character == 0 || character > 127) {
                return 0;
            }
            number = number << 8 | character;
        }
        return number;
    }

    private static boolean equal(String text, char[] characters, int from, int to) {
        return text.length() == to - from && text.contentEquals(CharBuffer.wrap(characters, from, to - from));
    }

    private int slot(long asNumber, char[] characters, int from, int to) {
        long hash = SEED ^ asNumber;
        if (asNumber == 0) {
            for (int i = from; i < to; i++) {
                hash = (hash ^ characters[i]) * MULTIPLIER;
                hash ^= hash >>> 32;
            }
        }
        hash *= MULTIPLIER;
        return (int) (hash >>> 32) & (slots.length - 1);
    }

    /** @return the number of a text, whether it is new or not */
    int add(String text) {
        char[] characters = text.toCharArray();
        int known = find(characters, 0, characters.length);
        if (known != UNKNOWN) {
            return known;
        }
        texts.add(text);
        if (2 * texts.size() > slots.length) {
            slots = new int[2 * slots.length];
            shortTexts = new long[slots.length];
            for (int number = 0; number < texts.size(); number++) {
                index(texts.get(number).toCharArray(), number);
            }
        } else {
            index(characters, texts.size() - 1);
        }
        return texts.size() - 1;
    }

    private void index(char[] characters, int number) {
        long asNumber = asNumber(characters, 0, characters.length);
        int slot = slot(asNumber, characters, 0, characters.length);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = number + 1;
        shortTexts[slot] = asNumber;
    }

    int size() {
        return texts.size();
    }

    /** In the order of their numbers. */
    List<String> texts() {
        return Collections.unmodifiableList(texts);
    }

    void clear() {
        texts.clear();
        Arrays.fill(slots, 0);
    }
}
