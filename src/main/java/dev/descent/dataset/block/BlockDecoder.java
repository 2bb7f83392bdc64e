package dev.descent.dataset.block;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;

/** Decodes the bytes of a block. */
@FunctionalInterface
public interface BlockDecoder {

    /**
     * Decodes whole characters.
     *
     * @param text at least as long
     * @return how many characters there are, or −1 if the bytes are not encoded like that
     */
    int decode(byte[] bytes, int length, char[] text);

    /** For an encoding in which each byte is a character. */
    static BlockDecoder ofBytes(Charset charset) {
        int[] characters = new int[1 << Byte.SIZE];
        for (int octet = 0; octet < characters.length; octet++) {
            try {
                characters[octet] = charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(new byte[] {(byte) octet}))
                        .get();
            } catch (CharacterCodingException none) {
                characters[octet] = -1;
            }
        }
        return (bytes, length, text) -> {
            for (int i = 0; i < length; i++) {
                int character = characters[bytes[i] & 0xff];
                if (character < 0) {
                    return -1;
                }
                text[i] = (char) character;
            }
            return length;
        };
    }
}
