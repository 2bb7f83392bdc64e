package dev.descent.core.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.nn.layer.LayerSpec;
import dev.descent.core.nn.loss.LossSpec;
import dev.descent.core.nn.optimizer.OptimizerSpec;
import dev.descent.core.nn.optimizer.ScheduleSpec;
import java.lang.reflect.Field;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpecDefaultsTest {

    /**
     * Initialising a record initialises its interface first. If a constant of the interface were one of its records, it
     * would be permanently null whenever that record was initialised first, and two threads could deadlock.
     */
    @ParameterizedTest
    @ValueSource(classes = {LayerSpec.class, LossSpec.class, OptimizerSpec.class, ScheduleSpec.class})
    void anInterfaceOfSpecsHoldsNoneOfThem(Class<?> specs) {
        assertThat(specs.getDeclaredFields()).extracting(Field::getType).noneMatch(specs::isAssignableFrom);
    }
}
