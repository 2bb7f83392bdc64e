package dev.descent.request;

import dev.descent.core.Bounds;
import dev.descent.core.Excerpt;
import tools.jackson.databind.JsonNode;

/** How messages quote what was sent and what is accepted. */
public final class Quote {

    private Quote() {}

    /** A JSON value as it was sent, truncated if it is long. */
    public static String of(JsonNode node) {
        if (node.isMissingNode()) {
            return "absent";
        }
        if (node.isArray()) {
            return "an array";
        }
        if (node.isObject()) {
            return "an object";
        }
        return node.isString() ? text(node.asString()) : Excerpt.of(node.toString());
    }

    public static String text(String text) {
        return "\"" + Excerpt.of(text) + "\"";
    }

    static String range(Bounds bounds) {
        return number(bounds.min()) + " to " + number(bounds.max());
    }

    private static String number(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e16;
        return whole ? Long.toString((long) value) : Double.toString(value);
    }
}
