package dev.descent.job.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JobStatusTest {

    private static final Set<String> LEGAL = Set.of(
            "QUEUED RUNNING",
            "QUEUED CANCELLED",
            "QUEUED FAILED",
            "QUEUED PAUSED",
            "RUNNING SUCCEEDED",
            "RUNNING FAILED",
            "RUNNING CANCELLING",
            "RUNNING QUEUED",
            "RUNNING PAUSING",
            "PAUSING PAUSED",
            "PAUSING CANCELLING",
            "PAUSING SUCCEEDED",
            "PAUSING FAILED",
            "PAUSED QUEUED",
            "PAUSED CANCELLED",
            "CANCELLING CANCELLED",
            "CANCELLING FAILED");

    static Stream<Arguments> pairs() {
        return Stream.of(JobStatus.values())
                .flatMap(from -> Stream.of(JobStatus.values()).map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void onlyTheListedTransitionsExist(JobStatus from, JobStatus to) {
        assertThat(from.canBecome(to)).isEqualTo(LEGAL.contains(from + " " + to));
    }

    @Test
    void aStateIsTerminalWhereNothingCanFollow() {
        assertThat(JobStatus.values())
                .filteredOn(JobStatus::isTerminal)
                .containsExactly(JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.CANCELLED);
    }
}
