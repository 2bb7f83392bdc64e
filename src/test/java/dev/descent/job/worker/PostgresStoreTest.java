package dev.descent.job.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.descent.testing.DescentTest;
import dev.descent.testing.PostgresServer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.orm.jpa.JpaSystemException;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@DescentTest
class PostgresStoreTest {

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        PostgresServer.configure(registry);
    }

    @Nested
    class Queue extends QueueSuite {}

    @Nested
    class Lease extends LeaseSuite {}

    @Nested
    class Progress extends ProgressSuite {}

    @Nested
    class Command extends CommandSuite {}

    @Nested
    class Outcome extends OutcomeSuite {}

    @Nested
    class Request extends RequestSuite {}

    @Nested
    class Listing extends ListSuite {}

    @Nested
    class Audit extends AuditSuite {
        @Override
        void guard(boolean on) {
            sql.execute("alter table audit_entry %s trigger user".formatted(on ? "enable" : "disable"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "update audit_entry set owner = 'someone'",
                    "delete from audit_entry where sequence = 1",
                    "truncate table audit_entry"
                })
        void theDatabaseKeepsEntriesAsTheyAre(String tampering) {
            client.delete("/v1/datasets/nothing").expect(404);
            assertThatExceptionOfType(DataAccessException.class)
                    .isThrownBy(() -> sql.update(tampering))
                    .withMessageContaining("never changed or removed");
        }
    }

    @Nested
    class OfPostgresAlone extends StoreTest {

        @Test
        void sessionsGiveUpTheirLocksInTime() {
            assertThat(sql.queryForList(
                            "select setting from pg_settings where name in ('lock_timeout', 'idle_in_transaction_session_timeout') order by name",
                            String.class))
                    .containsExactly("30000", "10000");
        }

        /** Hibernate's find would report that there is no such job, and the client would believe it. */
        @Test
        void aDatabaseThatFailsWithinATransactionIsNoMissingJob() {
            transactions.executeWithoutResult(broken -> {
                assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> sql.execute("select 1 / 0"));
                assertThatExceptionOfType(JpaSystemException.class)
                        .isThrownBy(() -> jobs.get(ADMIN, "job_any"))
                        .withMessageContaining("current transaction is aborted");
                broken.setRollbackOnly();
            });
        }
    }
}
