package dev.descent.job.worker;

import dev.descent.testing.DescentTest;
import org.junit.jupiter.api.Nested;

@DescentTest
class H2StoreTest {

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
    class Audit extends AuditSuite {}
}
