package dev.descent.store;

/**
 * The format of one kind of stored object. A change to the format increments the version, and all previous ones stay
 * readable.
 *
 * @param what is stored, as named in messages
 * @param version that is currently written, from 1
 */
public record StoredFormat(String what, int version) {

    /** @throws IllegalStateException if a later version of Descent wrote it */
    public void requireKnown(int found) {
        if (found < 1 || found > version) {
            throw new IllegalStateException("This %s is stored in format %d, but this version of Descent reads up to %d"
                    .formatted(what, found, version));
        }
    }
}
