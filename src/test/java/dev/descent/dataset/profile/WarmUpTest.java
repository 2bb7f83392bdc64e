package dev.descent.dataset.profile;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.descent.dataset.block.BlockThreads;
import org.junit.jupiter.api.Test;

class WarmUpTest {

    @Test
    void itsFilesAreValid() {
        assertThatCode(() -> WarmUp.run(BlockThreads.alone())).doesNotThrowAnyException();
    }
}
