package dev.descent.listing;

import com.github.f4b6a3.ulid.UlidCreator;
import java.util.Locale;

/** Identifiers that sort by creation time. */
public final class Ids {

    private Ids() {}

    /** A new identifier, such as {@code ds_01k2…}. */
    public static String next(String prefix) {
        return prefix + UlidCreator.getMonotonicUlid().toString().toLowerCase(Locale.ROOT);
    }
}
