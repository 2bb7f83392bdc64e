package dev.descent.job;

import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Set;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** Tells failures of what a job needs from failures of the job itself. */
final class Outage {

    /** Classes of SQL states: no connection, no resources, operator's intervention, trouble of the system. */
    private static final Set<String> SQL_STATES = Set.of("08", "53", "57", "58");

    /** H2: broken file, broken connection, closed database. */
    private static final Set<Integer> H2_CODES = Set.of(90028, 90031, 90067, 90098, 90121);

    private Outage() {}

    /** Whether the database does not answer, so that it may well do so later. */
    static boolean isOfDatabase(Throwable failure) {
        Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
        return failure instanceof DataAccessResourceFailureException
                || failure instanceof TransientDataAccessException
                || failure instanceof RecoverableDataAccessException
                || failure instanceof CannotCreateTransactionException
                || failure instanceof TransactionSystemException
                || (root instanceof SQLException sql && isOutage(sql));
    }

    private static boolean isOutage(SQLException failure) {
        String state = failure.getSQLState();
        return (state != null && state.length() == 5 && SQL_STATES.contains(state.substring(0, 2)))
                || H2_CODES.contains(failure.getErrorCode());
    }

    /** Whether the machine, its disk or the database is at fault, so that the same job may well succeed later. */
    static boolean isBehind(Throwable failure) {
        return isOfDatabase(failure)
                || failure instanceof UncheckedIOException
                || failure instanceof LinkageError
                || (failure instanceof ProblemException problem && problem.problem() == Problem.OUT_OF_SPACE)
                || NestedExceptionUtils.getMostSpecificCause(failure) instanceof IOException;
    }
}
