package dev.descent.dataset.block;

/** Cuts behind line feeds. */
public final class LineCutter implements BlockCutter {

    @Override
    public int cut(byte[] bytes, int length, boolean atEnd) {
        int end = length;
        while (!atEnd && end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }
}
