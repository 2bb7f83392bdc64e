package dev.descent.job.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.train.Adjustment;
import dev.descent.listing.Cursor;
import jakarta.persistence.EntityManagerFactory;
import java.util.Map;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The cost of listing jobs. */
abstract class ListSuite extends StoreTest {

    @Autowired
    private EntityManagerFactory entityManagers;

    private Statistics statistics;

    @BeforeEach
    void count() {
        statistics = entityManagers.unwrap(SessionFactory.class).getStatistics();
        statistics.setStatisticsEnabled(true);
    }

    @AfterEach
    void stopCounting() {
        statistics.setStatisticsEnabled(false);
    }

    @Test
    void aListTakesAsManyQueriesForManyJobsAsForTwo() {
        createWithEverything(2);
        long ofTwo = queriesOfAList(2);
        createWithEverything(38);

        assertThat(queriesOfAList(40)).isEqualTo(ofTwo).isPositive();
    }

    /** Transitions, metadata and changes each come from a separate table. */
    private void createWithEverything(int count) {
        for (int i = 0; i < count; i++) {
            String id = create(training("m", Map.of("team", "a", "round", Integer.toString(i))))
                    .id();
            jobs.change(StoreTest.ADMIN, id, new Adjustment(0.5, null, null));
        }
    }

    private long queriesOfAList(int jobsInIt) {
        statistics.clear();
        assertThat(list.page(StoreTest.ADMIN, Cursor.of(100, null), null, Map.of("team", "a"))
                        .data())
                .hasSize(jobsInIt)
                .allSatisfy(job -> {
                    assertThat(job.metadata()).containsKey("round");
                    assertThat(job.statusTransitions()).hasSize(1);
                    assertThat(job.specification()
                                    .at("/optimizer/learning_rate")
                                    .asDouble())
                            .isEqualTo(0.5);
                });
        return statistics.getPrepareStatementCount();
    }
}
