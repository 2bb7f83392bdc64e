package dev.descent.dataset.profile;

import java.nio.charset.StandardCharsets;
import org.apache.datasketches.hll.HllSketch;

/**
 * Estimates how many different texts there are by a HyperLogLog sketch (Flajolet and others, 2007). Most texts of many
 * change nothing in it; what a text would change, its hash tells, which is computed here from the characters in place.
 */
final class DistinctCounter {

    private static final int BITS = 13;
    private static final int SLOTS = 1 << BITS;

    /** About what it takes. */
    static final int HEAP_BYTES = SLOTS + SLOTS / 2;

    /** The size of a sketch that has all of its slots; before that, it is a list of hashes. */
    private static final int FULL_BYTES = 40 + SLOTS / 2;

    /** Of the sketch's own hash, MurmurHash3 x64 128 (Appleby 2011). */
    private static final long SEED = 9_001;

    private static final long C1 = 0x87c37b91114253d5L;
    private static final long C2 = 0x4cf5ad432745937fL;

    private final HllSketch sketch = new HllSketch(BITS);

    /** What each slot of the sketch holds at least, as far as it is known to have any. */
    private final byte[] values = new byte[SLOTS];

    private boolean isFull;

    void add(String text) {
        sketch.update(text);
    }

    /** The same for a cell inside a larger buffer; {@code from} is inclusive, {@code to} exclusive. */
    void add(char[] characters, int from, int to) {
        if (to == from) {
            return;
        }
        if (!isAscii(characters, from, to)) {
            byte[] bytes = new String(characters, from, to - from).getBytes(StandardCharsets.UTF_8);
            char[] octets = new char[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                octets[i] = (char) (bytes[i] & 0xff);
            }
            addOctets(octets, 0, octets.length);
            return;
        }
        addOctets(characters, from, to);
    }

    private static boolean isAscii(char[] characters, int from, int to) {
        int all = 0;
        for (int i = from; i < to; i++) {
            all |= characters[i];
        }
        return all < 128;
    }

    /** Takes bytes, one in each character. */
    private void addOctets(char[] octets, int from, int to) {
        long first = SEED;
        long second = SEED;
        int at = from;
        for (; to - at >= 16; at += 16) {
            first ^= mixFirst(eight(octets, at));
            first = Long.rotateLeft(first, 27) + second;
            first = first * 5 + 0x52dce729;
            second ^= mixSecond(eight(octets, at + 8));
            second = Long.rotateLeft(second, 31) + first;
            second = second * 5 + 0x38495ab5;
        }
        if (to - at > 8) {
            first ^= mixFirst(eight(octets, at));
            second ^= mixSecond(upToEight(octets, at + 8, to));
        } else {
            first ^= mixFirst(upToEight(octets, at, to));
        }
        first ^= to - from;
        second ^= to - from;
        first += second;
        second += first;
        first = finish(first);
        second = finish(second);
        first += second;
        second += first;
        int slot = (int) first & SLOTS - 1;
        int value = Math.min(62, Long.numberOfLeadingZeros(second)) + 1;
        if (value > values[slot]) {
            change(octets, from, to, slot, value);
        }
    }

    private void change(char[] octets, int from, int to, int slot, int value) {
        byte[] bytes = new byte[to - from];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) octets[from + i];
        }
        sketch.update(bytes);
        isFull = isFull || sketch.getUpdatableSerializationBytes() >= FULL_BYTES;
        if (isFull) {
            values[slot] = (byte) value;
        }
    }

    private static long eight(char[] octets, int at) {
        return four(octets, at) | four(octets, at + 4) << 32;
    }

    private static long four(char[] octets, int at) {
        return octets[at] | octets[at + 1] << 8 | octets[at + 2] << 16 | (long) octets[at + 3] << 24;
    }

    private static long upToEight(char[] octets, int from, int to) {
        long packed = 0;
        for (int at = to - 1; at >= from; at--) {
            packed = packed << 8 | octets[at];
        }
        return packed;
    }

    private static long mixFirst(long block) {
        return Long.rotateLeft(block * C1, 31) * C2;
    }

    private static long mixSecond(long block) {
        return Long.rotateLeft(block * C2, 33) * C1;
    }

    private static long finish(long hash) {
        long mixed = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }

    double estimate() {
        return sketch.getEstimate();
    }
}
