package dev.descent.dataset.block;

/**
 * Reads a block of whole records.
 *
 * @param <B> what comes of it, which is used again for later blocks
 */
public interface BlockParser<B> {

    /** Something empty. */
    B create();

    /** @return whether the block was read; if not, it has a fault, or something that another reader must look at */
    boolean parse(byte[] bytes, int length, B block);
}
