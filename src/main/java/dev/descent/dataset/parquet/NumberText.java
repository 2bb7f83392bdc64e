package dev.descent.dataset.parquet;

import tools.jackson.core.io.NumberOutput;

/**
 * Numbers as text: the fewest digits that tell a number from its neighbours, on every version of Java, and no exponent
 * from 0.0001 to 10¹⁶, as Python writes them.
 */
final class NumberText {

    private static final int LEAST_EXPONENT = -4;
    private static final int MOST_EXPONENT = 16;

    private NumberText() {}

    /** Nothing for NaN. */
    static String of(double number) {
        if (Double.isFinite(number)) {
            return lay(NumberOutput.toString(number, true));
        }
        return Double.isNaN(number) ? "" : number < 0 ? "-inf" : "inf";
    }

    static String of(float number) {
        return Float.isFinite(number) ? lay(NumberOutput.toString(number, true)) : of((double) number);
    }

    /** From {@code -1.25E-7} to {@code -1.25e-07}, or without an exponent. */
    private static String lay(String java) {
        int mark = java.indexOf('E');
        if (mark < 0) {
            return java;
        }
        int exponent = Integer.parseInt(java.substring(mark + 1));
        String mantissa = java.substring(java.charAt(0) == '-' ? 1 : 0, mark);
        String digits = mantissa.endsWith(".0") ? mantissa.substring(0, 1) : mantissa.replace(".", "");
        StringBuilder text = new StringBuilder(java.charAt(0) == '-' ? "-" : "");
        if (exponent < LEAST_EXPONENT || exponent >= MOST_EXPONENT) {
            text.append(digits.charAt(0));
            if (digits.length() > 1) {
                text.append('.').append(digits.substring(1));
            }
            text.append('e').append(exponent < 0 ? '-' : '+');
            int magnitude = Math.abs(exponent);
            text.append(magnitude < 10 ? "0" : "").append(magnitude);
        } else if (exponent < 0) {
            text.append("0.").append("0".repeat(-exponent - 1)).append(digits);
        } else if (digits.length() <= exponent + 1) {
            text.append(digits)
                    .append("0".repeat(exponent + 1 - digits.length()))
                    .append(".0");
        } else {
            text.append(digits.substring(0, exponent + 1)).append('.').append(digits.substring(exponent + 1));
        }
        return text.toString();
    }
}
