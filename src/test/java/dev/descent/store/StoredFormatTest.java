package dev.descent.store;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class StoredFormatTest {

    private static final StoredFormat FORMAT = new StoredFormat("checkpoint", 2);

    @Test
    void whatAnEarlierVersionWroteIsKnown() {
        assertThatCode(() -> FORMAT.requireKnown(1)).doesNotThrowAnyException();
        assertThatCode(() -> FORMAT.requireKnown(2)).doesNotThrowAnyException();
    }

    @Test
    void whatALaterVersionWroteIsRefusedWithBothNumbers() {
        assertThatIllegalStateException()
                .isThrownBy(() -> FORMAT.requireKnown(3))
                .withMessage("This checkpoint is stored in format 3, but this version of Descent reads up to 2");
        assertThatIllegalStateException().isThrownBy(() -> FORMAT.requireKnown(0));
    }
}
