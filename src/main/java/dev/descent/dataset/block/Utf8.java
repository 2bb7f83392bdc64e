package dev.descent.dataset.block;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** UTF-8 as Unicode defines it (table 3-7): no overlong forms, no surrogates, nothing above U+10FFFF. */
public final class Utf8 {

    /** The bytes of a character, at most. */
    public static final int LONGEST = 4;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final int EIGHT = Long.BYTES;

    private Utf8() {}

    /** As {@link BlockDecoder#decode}. */
    public static int decode(byte[] bytes, int length, char[] text) {
        int at = 0;
        int filled = 0;
        while (at < length) {
            while (at + EIGHT <= length && ((long) LONGS.get(bytes, at) & HIGH_BITS) == 0) {
                for (int i = 0; i < EIGHT; i++) {
                    text[filled + i] = (char) bytes[at + i];
                }
                at += EIGHT;
                filled += EIGHT;
            }
            if (at == length) {
                break;
            }
            int size = sizeAt(bytes, at, length);
            switch (size) {
                case 1 -> text[filled++] = (char) bytes[at];
                case 2 -> text[filled++] = (char) ((bytes[at] & 0x1f) << 6 | bytes[at + 1] & 0x3f);
                case 3 ->
                    text[filled++] =
                            (char) ((bytes[at] & 0x0f) << 12 | (bytes[at + 1] & 0x3f) << 6 | bytes[at + 2] & 0x3f);
                case 4 -> {
                    int point = (bytes[at] & 0x07) << 18
                            | (bytes[at + 1] & 0x3f) << 12
                            | (bytes[at + 2] & 0x3f) << 6
                            | bytes[at + 3] & 0x3f;
                    text[filled++] = Character.highSurrogate(point);
                    text[filled++] = Character.lowSurrogate(point);
                }
                default -> {
                    return -1;
                }
            }
            at += size;
        }
        return filled;
    }

    /** How many bytes at the beginning are whole characters. */
    public static int validLength(byte[] bytes, int length) {
        int at = 0;
        while (at < length) {
            while (at + EIGHT <= length && ((long) LONGS.get(bytes, at) & HIGH_BITS) == 0) {
                at += EIGHT;
            }
            int size = at < length ? sizeAt(bytes, at, length) : 0;
            if (size == 0) {
                return at;
            }
            at += size;
        }
        return at;
    }

    /** How many bytes the character has that begins here; 0 if none does, or not all of it is there. */
    private static int sizeAt(byte[] bytes, int at, int length) {
        int first = bytes[at] & 0xff;
        if (first < 0x80) {
            return 1;
        }
        int size = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
        if (size == 0 || at + size > length) {
            return 0;
        }
        int second = bytes[at + 1] & 0xff;
        int least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        int most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        if (second < least || second > most) {
            return 0;
        }
        for (int i = 2; i < size; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return size;
    }
}
