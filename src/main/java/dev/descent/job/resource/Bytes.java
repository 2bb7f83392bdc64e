package dev.descent.job.resource;

import java.util.List;
import java.util.Locale;

/** Formats amounts of memory. */
public final class Bytes {

    private static final List<String> UNITS = List.of("B", "KB", "MB", "GB", "TB", "PB");

    private Bytes() {}

    /** {@code 1536} → {@code 1.5 KB}, in steps of 1024. */
    public static String format(long bytes) {
        double amount = bytes;
        int unit = 0;
        // An amount that would be rounded to 1024.0 belongs to the next unit.
        while (amount >= (unit == 0 ? 1024 : 1023.95) && unit < UNITS.size() - 1) {
            amount /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", amount, UNITS.get(unit));
    }
}
