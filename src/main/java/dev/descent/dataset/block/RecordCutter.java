package dev.descent.dataset.block;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Cuts delimited text behind the line breaks that are outside of quotes (RFC 4180). A quote opens a cell only where one
 * begins, so the state of the text is followed from the first byte on, unless there is no quote at all. The text may
 * have any encoding in which the bytes of ASCII stand for themselves alone.
 */
public final class RecordCutter implements BlockCutter {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private final byte delimiter;
    private final byte quote;
    private final boolean hasQuotes;

    private RecordCutter(byte delimiter, byte quote, boolean hasQuotes) {
        this.delimiter = delimiter;
        this.quote = quote;
        this.hasQuotes = hasQuotes;
    }

    /** Both are characters of ASCII. */
    public static RecordCutter quoted(char delimiter, char quote) {
        return new RecordCutter((byte) delimiter, (byte) quote, true);
    }

    /** Cuts behind any line break. */
    public static RecordCutter unquoted() {
        return new RecordCutter((byte) 0, (byte) 0, false);
    }

    @Override
    public int cut(byte[] bytes, int length, boolean atEnd) {
        if (atEnd) {
            return length;
        }
        return hasQuotes && hasQuote(bytes, length) ? lastRecordEnd(bytes, length) : lastLineEnd(bytes, length);
    }

    private boolean hasQuote(byte[] bytes, int length) {
        long pattern = LOW_BITS * quote;
        int at = 0;
        for (; at + Long.BYTES <= length; at += Long.BYTES) {
            long difference = (long) LONGS.get(bytes, at) ^ pattern;
            if ((difference - LOW_BITS & ~difference & HIGH_BITS) != 0) {
                return true;
            }
        }
        for (; at < length; at++) {
            if (bytes[at] == quote) {
                return true;
            }
        }
        return false;
    }

    /** A carriage return at the very end may be half of a line break. */
    private static int lastLineEnd(byte[] bytes, int length) {
        for (int at = length - 1; at >= 0; at--) {
            if (bytes[at] == '\n' || (bytes[at] == '\r' && at < length - 1)) {
                return at + 1;
            }
        }
        return 0;
    }

    private int lastRecordEnd(byte[] bytes, int length) {
        int last = 0;
        int at = 0;
        while (at < length) {
            // Here a cell begins.
            if (bytes[at] == quote) {
                at = afterQuoted(bytes, length, at + 1);
                if (at == length) {
                    return last;
                }
                if (!isEndOfCell(bytes[at])) {
                    return last > 0 ? last : NOWHERE;
                }
            }
            while (at < length && !isEndOfCell(bytes[at])) {
                at++;
            }
            if (at == length) {
                return last;
            }
            byte end = bytes[at++];
            if (end == '\r') {
                if (at == length) {
                    return last;
                }
                at += bytes[at] == '\n' ? 1 : 0;
            }
            last = end == delimiter ? last : at;
        }
        return last;
    }

    private boolean isEndOfCell(byte octet) {
        return octet == delimiter || octet == '\n' || octet == '\r';
    }

    /** The offset behind the quote that closes a cell; the length if it is not among these bytes, or the last one. */
    private int afterQuoted(byte[] bytes, int length, int from) {
        int at = from;
        while (at < length) {
            if (bytes[at++] == quote) {
                if (at == length || bytes[at] != quote) {
                    return at;
                }
                at++;
            }
        }
        return length;
    }
}
