package dev.descent.core.nn.layer;

/**
 * One raw column among the inputs of a network.
 *
 * @param width how many columns of the batch it occupies
 * @param levels 0 if they hold plain numbers; otherwise its one column holds a level index, from 0 to {@code levels} −
 *     1
 */
public record BatchColumn(String name, int width, int levels) {

    public boolean holdsLevelNumbers() {
        return levels > 0;
    }
}
