package dev.descent.model;

import dev.descent.quota.Holding;
import dev.descent.quota.Holding.Kind;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What owners have of models. */
@Configuration
class ModelHoldings {

    @Bean
    Holding modelBytes(JdbcClient sql) {
        return new Holding(
                Kind.MODEL_BYTES,
                owner -> sql.sql("""
                        select coalesce(sum(v.weights_bytes), 0) from model_version v join model m on m.id = v.model_id
                        where m.owner = :owner""").param("owner", owner).query(Long.class).single());
    }
}
