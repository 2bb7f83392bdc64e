package dev.descent.store;

import java.time.Clock;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

@Configuration
class StoreConfiguration {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** The migrations are the same for every database but for the names of two types. */
    @Bean
    FlywayConfigurationCustomizer largeTypes(DataSource dataSource) throws MetaDataAccessException {
        String product = JdbcUtils.extractDatabaseMetaData(dataSource, meta -> meta.getDatabaseProductName());
        boolean postgresql = DatabaseDriver.fromProductName(product) == DatabaseDriver.POSTGRESQL;
        Map<String, String> types =
                postgresql ? Map.of("text", "text", "binary", "bytea") : Map.of("text", "clob", "binary", "blob");
        return configuration -> configuration.placeholders(types);
    }
}
