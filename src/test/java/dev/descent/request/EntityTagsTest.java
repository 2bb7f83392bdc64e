package dev.descent.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagsTest {

    private static final String PRESENT = "W/\"7\"";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                " * ",
                "W/\"7\"",
                "\"7\"",
                "\"6\",\"7\"",
                "\"6\" ,\t W/\"7\"",
                ", \"7\" ,,",
                "\"a,b\", \"7\""
            })
    void theStateIsAmongThem(String header) {
        assertThat(EntityTags.ifMatch(header).include(PRESENT)).isTrue();
        assertThat(EntityTags.ifNoneMatch(header).include(PRESENT)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"6\"", "W/\"77\"", "\"\"", "\"6\", \"8\"", "\"*\"", "\"6,7\"", "\"\\\""})
    void theStateIsNot(String header) {
        assertThat(EntityTags.ifNoneMatch(header).include(PRESENT)).isFalse();
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> EntityTags.ifMatch(header).require(PRESENT))
                .matches(refused -> refused.problem() == Problem.PRECONDITION_FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "7",
                "\"7",
                "7\"",
                "W/7",
                "w/\"7\"",
                "W/ \"7\"",
                "\"7\"\"8\"",
                "\"7\" \"8\"",
                "*, \"7\"",
                "**",
                "\"a b\"",
                "\"7\";",
                "'7'"
            })
    void noTags(String header) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> EntityTags.ifMatch(header))
                .matches(refused -> refused.problem() == Problem.MALFORMED_REQUEST)
                .withMessageContaining("If-Match is " + header);
    }

    @Test
    void withoutAHeaderAnyStateIsExpectedAndNoneIsKnown() {
        assertThat(EntityTags.ifMatch(null).include(PRESENT)).isTrue();
        assertThat(EntityTags.ifNoneMatch(null).include(PRESENT)).isFalse();
    }

    @Test
    void aHostileHeaderTakesNoLongerThanItIsLong() {
        assertThat(EntityTags.ifMatch("\"a\",".repeat(100_000)).include(PRESENT))
                .isFalse();
        assertThat(EntityTags.ifMatch(" ,".repeat(100_000) + "\"7\"").include(PRESENT))
                .isTrue();
    }
}
