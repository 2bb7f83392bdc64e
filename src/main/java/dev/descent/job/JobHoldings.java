package dev.descent.job;

import dev.descent.job.resource.JobProperties;
import dev.descent.quota.Holding;
import dev.descent.quota.Holding.Kind;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What owners have of jobs. */
@Configuration
class JobHoldings {

    @Bean
    Holding checkpointBytes(JdbcClient sql) {
        return new Holding(Kind.CHECKPOINT_BYTES, owner -> amount(sql, owner, """
                        select
                          (select coalesce(sum(c.bytes), 0) from checkpoint c join training_job j on j.id = c.job_id
                           where j.owner = :owner)
                          + (select coalesce(sum(f.predictions_bytes), 0) from fold f join training_job j on j.id = f.job_id
                             where j.owner = :owner)
                          + (select coalesce(sum(m.weights_bytes), 0) from fold_model m join training_job j on j.id = m.job_id
                             where j.owner = :owner)"""));
    }

    @Bean
    Holding queuedJobs(JdbcClient sql) {
        return new Holding(
                Kind.QUEUED_JOBS,
                owner -> amount(
                        sql,
                        owner,
                        "select count(*) from training_job where owner = :owner and status in ('QUEUED', 'PAUSED')"));
    }

    @Bean
    Holding runningJobs(JdbcClient sql, JobProperties properties) {
        return new Holding(Kind.RUNNING_JOBS, properties.runningPerOwner(), owner -> amount(sql, owner, """
                        select count(*) from training_job
                        where owner = :owner and status in ('RUNNING', 'PAUSING', 'CANCELLING')"""));
    }

    private static long amount(JdbcClient sql, String owner, String query) {
        return sql.sql(query).param("owner", owner).query(Long.class).single();
    }
}
