package dev.descent.dataset;

import dev.descent.quota.Holding;
import dev.descent.quota.Holding.Kind;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What owners have of datasets. */
@Configuration
class DatasetHoldings {

    @Bean
    Holding datasetBytes(JdbcClient sql) {
        return new Holding(
                Kind.DATASET_BYTES,
                owner -> sql.sql("select coalesce(sum(bytes), 0) from dataset where owner = :owner")
                        .param("owner", owner)
                        .query(Long.class)
                        .single());
    }
}
