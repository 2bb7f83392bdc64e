package dev.descent.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.CannotCreateTransactionException;

class OutageTest {

    static Stream<Throwable> outages() {
        return Stream.of(
                new DataAccessResourceFailureException("gone"),
                new CannotCreateTransactionException("gone"),
                new CannotAcquireLockException("busy"),
                new RuntimeException("stood still", new SQLException("idle-in-transaction timeout", "25P03")),
                new RuntimeException("rollback", new SQLException("terminating connection", "57P01")),
                new RuntimeException("rollback", new RuntimeException(new SQLException("Connection is closed"))),
                new RuntimeException(new SQLException("Database is already closed", "90121", 90121)));
    }

    static Stream<Throwable> faultsOfTheMachine() {
        return Stream.of(
                new UncheckedIOException(new IOException("No space left on device")),
                new RuntimeException(new ConnectException("refused")),
                new UnsatisfiedLinkError("no library"),
                new ProblemException(Problem.OUT_OF_SPACE, "full", List.of()));
    }

    static Stream<Throwable> faultsOfTheJob() {
        return Stream.of(
                new DataIntegrityViolationException("twice", new SQLException("duplicate key", "23505")),
                new IllegalStateException("a mistake"),
                new RuntimeException(new SQLException("in a failed transaction", "25P02")),
                new RuntimeException(new SQLException("syntax error", "42601")),
                new ProblemException(Problem.NOT_FOUND, "no dataset", List.of()));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void aDatabaseThatDoesNotAnswerMayAnswerLater(Throwable failure) {
        assertThat(Outage.isOfDatabase(failure)).isTrue();
        assertThat(Outage.isBehind(failure)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("faultsOfTheMachine")
    void aFaultOfTheMachineIsNotTheJobs(Throwable failure) {
        assertThat(Outage.isOfDatabase(failure)).isFalse();
        assertThat(Outage.isBehind(failure)).isTrue();
    }

    static Stream<Throwable> fullDisks() {
        return Stream.of(
                new UncheckedIOException(new IOException("No space left on device")),
                new RuntimeException(
                        new SQLException("could not extend file \"base/16384\": No space left on device", "53100")),
                new ProblemException(Problem.OUT_OF_SPACE, "full", List.of()));
    }

    @ParameterizedTest
    @MethodSource("fullDisks")
    void aFullDiskIsToldFromADatabaseThatDoesNotAnswer(Throwable failure) {
        assertThat(Outage.isFullDisk(failure)).isTrue();
        assertThat(Outage.isOfStore(failure)).isTrue();
        assertThat(Outage.isBehind(failure)).isTrue();
    }

    @Test
    void memoryThatRanOutIsToldFromWhateverLibrariesWrapItIn() {
        OutOfMemoryError error = new OutOfMemoryError("Java heap space");

        assertThat(Outage.isOutOfMemory(error)).isTrue();
        assertThat(Outage.isOutOfMemory(new RuntimeException(new IllegalStateException(error))))
                .isTrue();
        assertThat(Outage.isOutOfMemory(new RuntimeException(new IOException("full"))))
                .isFalse();
        SQLException ofTheDriver = new SQLException("Ran out of memory retrieving query results.", "53200", error);
        assertThat(Outage.isOutOfMemory(new RuntimeException(ofTheDriver))).isTrue();
        assertThat(Outage.isOfStore(new RuntimeException(ofTheDriver)))
                .as("worth waiting for")
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("outages")
    void aDatabaseThatDoesNotAnswerHasNoFullDisk(Throwable failure) {
        assertThat(Outage.isFullDisk(failure)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("faultsOfTheJob")
    void aFaultOfTheJobIsNotTriedAgain(Throwable failure) {
        assertThat(Outage.isBehind(failure)).isFalse();
    }
}
