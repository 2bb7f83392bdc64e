package dev.descent.problem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** Distinguishes failures of the machine, its disk and the database from failures of the program or its input. */
public final class Outage {

    /** SQL state classes: no connection, insufficient resources, operator intervention, system error. */
    private static final Set<String> SQL_CLASSES = Set.of("08", "53", "57", "58");

    /**
     * An idle session that was terminated in a transaction, and a server that became read-only in a failover. Other
     * states of their class are programming errors.
     */
    private static final Set<String> SQL_STATES = Set.of("25P03", "25006");

    /** PostgreSQL: no space left for a table or the write-ahead log. */
    private static final String FULL_DISK = "53100";

    /** H2: broken file, broken connection, closed database. */
    private static final Set<Integer> H2_CODES = Set.of(90028, 90031, 90067, 90098, 90121);

    private static final int MAX_CAUSES = 20;

    private Outage() {}

    /** Whether the database is unavailable and may become available again. */
    public static boolean isOfDatabase(Throwable failure) {
        // PostgreSQL's driver reports a result too large for this process's memory as insufficient resources of the
        // database.
        return !isOutOfMemory(failure)
                && (failure instanceof DataAccessResourceFailureException
                        || failure instanceof TransientDataAccessException
                        || failure instanceof RecoverableDataAccessException
                        || failure instanceof CannotCreateTransactionException
                        || failure instanceof TransactionSystemException
                        || causes(failure).anyMatch(cause -> cause instanceof SQLException sql && isOutage(sql)));
    }

    /** A connection pool reports a closed connection without any SQL state. */
    private static boolean isOutage(SQLException failure) {
        String state = failure.getSQLState();
        boolean closed = state == null && String.valueOf(failure.getMessage()).contains("closed");
        return closed
                || (state != null && state.length() == 5 && SQL_CLASSES.contains(state.substring(0, 2)))
                || (state != null && SQL_STATES.contains(state))
                || H2_CODES.contains(failure.getErrorCode());
    }

    /** Whether memory ran out, even if a library wraps the error. */
    public static boolean isOutOfMemory(Throwable failure) {
        return causes(failure).anyMatch(OutOfMemoryError.class::isInstance);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(MAX_CAUSES);
    }

    /** Whether a disk is full: on this machine or in the database. */
    public static boolean isFullDisk(Throwable failure) {
        return (failure instanceof ProblemException problem && problem.problem() == Problem.OUT_OF_SPACE)
                || causes(failure).anyMatch(Outage::saysFull);
    }

    private static boolean saysFull(Throwable cause) {
        return cause instanceof SQLException sql
                ? FULL_DISK.equals(sql.getSQLState())
                : cause instanceof IOException
                        && String.valueOf(cause.getMessage()).contains("No space left");
    }

    /** Whether a failed write may well succeed later. */
    public static boolean isOfStore(Throwable failure) {
        return isOfDatabase(failure) || isFullDisk(failure);
    }

    /** What is out of order, in words for clients: neither paths nor addresses of the server, which its log has. */
    public static String describe(Throwable failure) {
        if (isFullDisk(failure)) {
            return "The disk is full";
        }
        if (isOfDatabase(failure)) {
            return "The database does not answer";
        }
        return failure instanceof LinkageError
                ? "A library of the server could not be loaded"
                : "A file of the server could not be read or written";
    }

    /** Whether the machine, its disk or the database is at fault, so that the same work may well succeed later. */
    public static boolean isBehind(Throwable failure) {
        return isOfDatabase(failure)
                || failure instanceof UncheckedIOException
                || failure instanceof LinkageError
                || isFullDisk(failure)
                || causes(failure).anyMatch(IOException.class::isInstance);
    }
}
