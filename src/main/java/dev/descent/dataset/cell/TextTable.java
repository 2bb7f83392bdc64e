package dev.descent.dataset.cell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Distinct strings, numbered from 0 in order of first appearance. Lookups take a range of a character buffer, so no
 * String has to be created.
 */
public final class TextTable {

    public static final int UNKNOWN = -1;

    private static final int FIRST_SLOTS = 16;

    /** Random, so that the author of a file cannot know which strings collide. */
    private static final long SEED = new SplittableRandom().nextLong();

    private static final long MULTIPLIER = new SplittableRandom().nextLong() | 1;

    /** A reference, a String and the header of its array. */
    private static final int STRING_BYTES = 56;

    private final List<String> texts = new ArrayList<>();
    private long textLength;

    /** A bit for each length that any of them has, the last one for all from 63 on. */
    private long lengths;

    /**
     * An open-addressed hash table: each slot holds the number of a string plus 1, at its hash or in the next free
     * slot. At most half full.
     */
    private int[] slots = new int[FIRST_SLOTS];

    /**
     * The short strings in the slots, packed into longs, so that finding them needs no access to Strings scattered
     * across memory.
     */
    private long[] shortTexts = new long[FIRST_SLOTS];

    public static TextTable of(Iterable<String> texts) {
        TextTable table = new TextTable();
        texts.forEach(table::add);
        return table;
    }

    /** @return the number of a string, or {@link #UNKNOWN} */
    public int find(char[] characters, int from, int to) {
        if ((lengths & lengthBit(to - from)) == 0) {
            return UNKNOWN;
        }
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

    /** The bytes of an ASCII string of up to eight characters, or 0 for any other. */
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

    private static long lengthBit(int length) {
        return 1L << Math.min(length, Long.SIZE - 1);
    }

    private static boolean equal(String text, char[] characters, int from, int to) {
        int length = to - from;
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) != characters[from + i]) {
                return false;
            }
        }
        return true;
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

    /** @return the number of a string, whether it is new or not */
    public int add(String text) {
        char[] characters = text.toCharArray();
        int known = find(characters, 0, characters.length);
        if (known != UNKNOWN) {
            return known;
        }
        texts.add(text);
        textLength += text.length();
        lengths |= lengthBit(text.length());
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

    /** About what it takes now. */
    public long heapBytes() {
        return (long) (Integer.BYTES + Long.BYTES) * slots.length + (long) STRING_BYTES * texts.size() + 2 * textLength;
    }

    public int size() {
        return texts.size();
    }

    /** By number. */
    public List<String> texts() {
        return Collections.unmodifiableList(texts);
    }

    public void clear() {
        texts.clear();
        textLength = 0;
        lengths = 0;
        Arrays.fill(slots, 0);
    }
}
