package dev.descent.store;

/**
 * The form in which one kind of thing is stored. Whoever changes the form gives it the next number, and goes on reading
 * the ones before.
 *
 * @param what is stored, as a message calls it
 * @param version of what is written now, from 1
 */
public record StoredFormat(String what, int version) {

    /** @throws IllegalStateException where a later version of Descent wrote it */
    public void requireKnown(int found) {
        if (found < 1 || found > version) {
            throw new IllegalStateException("This %s is stored in format %d, but this version of Descent reads up to %d"
                    .formatted(what, found, version));
        }
    }
}
