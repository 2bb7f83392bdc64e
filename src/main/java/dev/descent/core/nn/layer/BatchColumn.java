package dev.descent.core.nn.layer;

/**
 * One raw column among the inputs of a network.
 *
 * @param width how many columns of the batch it takes
 * @param levels 0 where they hold plain numbers; else the one column holds the number of a level, from 0 to {@code
 *     levels} − 1
 */
public record BatchColumn(String name, int width, int levels) {

    public boolean holdsLevelNumbers() {
        return levels > 0;
    }
}
