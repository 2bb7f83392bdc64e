package dev.descent.dataset.sample;

/**
 * Rows as CSV. Numbers have up to six decimals and no zeros behind them; {@link Double#toString(double)} would write
 * some differently on different versions of Java.
 */
final class RowText {

    private static final long SCALE = 1_000_000;
    private static final int DECIMALS = 6;

    private final StringBuilder text;
    private boolean isFirst = true;

    RowText(StringBuilder text) {
        this.text = text;
    }

    /** @param cell needs no quotes */
    RowText text(String cell) {
        separate();
        text.append(cell);
        return this;
    }

    /** @param value up to 10¹² in magnitude */
    RowText number(double value) {
        separate();
        long scaled = Math.round(value * SCALE);
        if (scaled < 0) {
            text.append('-');
        }
        text.append(Math.abs(scaled / SCALE));
        long fraction = Math.abs(scaled % SCALE);
        if (fraction != 0) {
            text.append('.');
            int place = DECIMALS;
            for (long divisor = SCALE / 10; place > 0 && fraction != 0; place--, divisor /= 10) {
                text.append((char) ('0' + fraction / divisor));
                fraction %= divisor;
            }
        }
        return this;
    }

    void end() {
        text.append('\n');
        isFirst = true;
    }

    private void separate() {
        if (!isFirst) {
            text.append(',');
        }
        isFirst = false;
    }
}
