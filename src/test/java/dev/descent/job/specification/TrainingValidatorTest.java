package dev.descent.job.specification;

import static dev.descent.testing.DescentClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.dataset.Datasets;
import dev.descent.job.resource.TableHeap;
import dev.descent.principal.Principal;
import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentTest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/**
 * How deeply a validation looks within its time limit, with a clock that advances by a nanosecond whenever it is read.
 */
@DescentTest
class TrainingValidatorTest {

    @Autowired
    private SpecificationResolver resolver;

    @Autowired
    private Datasets datasets;

    @Autowired
    private TableHeap tables;

    private final AtomicLong clock = new AtomicLong();

    private JsonNode request = json("{}");

    @BeforeEach
    void upload(@LocalServerPort int port) {
        StringBuilder csv = new StringBuilder("x,level,y\n");
        for (int row = 0; row < 40; row++) {
            csv.append(row / 3.0)
                    .append(row == 0 ? ",rare," : ",l" + row % 3 + ",")
                    .append(row / 2.0)
                    .append('\n');
        }
        request = json("{'dataset':'%s','target':'y'}", new DescentClient(port).uploadText("leak", csv.toString()));
    }

    private ResolvedTraining validate(long nanoseconds) {
        return new TrainingValidator(resolver, datasets, tables, Duration.ofNanos(nanoseconds), clock::getAndIncrement)
                .validate(Principal.admin("test"), request);
    }

    @Test
    void whatThereWasNoTimeForComesFromTheProfileAndIsSaid() {
        ResolvedTraining ofProfile = resolver.resolve(Principal.admin("test"), request);
        ResolvedTraining whole = validate(Long.MAX_VALUE);
        long needed = clock.get() - 1;

        ResolvedTraining unread = validate(1);
        ResolvedTraining read = validate(needed);

        assertThat(whole.warnings()).anyMatch(warning -> warning.startsWith("Column \"x\" alone says"));
        assertThat(whole.memory()).as("what a job is let in with").isEqualTo(ofProfile.memory());
        assertThat(unread.wiring()).isEqualTo(ofProfile.wiring());
        assertThat(unread.warnings())
                .hasSize(ofProfile.warnings().size() + 1)
                .anyMatch(warning -> warning.contains("(descent.validate-limit), too little to read the data"));
        assertThat(read.wiring()).isEqualTo(whole.wiring());
        assertThat(read.trainRows()).isEqualTo(whole.trainRows());
        assertThat(read.warnings())
                .hasSize(ofProfile.warnings().size() + 1)
                .anyMatch(warning -> warning.contains("too little to look for rare classes, leaks and duplicates"));
    }
}
