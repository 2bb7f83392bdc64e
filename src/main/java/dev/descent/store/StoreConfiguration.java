package dev.descent.store;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AbstractDependsOnBeanFactoryPostProcessor;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.resilience.annotation.EnableResilientMethods;

@Configuration
@EnableResilientMethods
class StoreConfiguration {

    private static final String LEFTOVERS = "leftovers";

    @Bean
    Clock clock(JdbcTemplate sql, Database database) {
        return new DatabaseClock(sql, database);
    }

    @Bean
    Database database(DataSource dataSource) throws MetaDataAccessException {
        return Database.of(dataSource);
    }

    /** Before anything is created for a database that cannot be used. */
    @Bean
    static BeanFactoryPostProcessor databaseCheck() {
        return beans -> Database.of(beans.getBean(Environment.class));
    }

    @Bean
    static BeanPostProcessor connections() {
        return new Connections();
    }

    @Bean
    static BeanPostProcessor dataDirectory(
            @Value("${descent.home}") Path home, @Value("${spring.datasource.url}") String url) {
        return new DataDirectory.BeforeDatabase(home, databaseFile(home, url));
    }

    /** Of the embedded database; null if there is none in the data directory. */
    private static @Nullable Path databaseFile(Path home, String url) {
        return url.startsWith("jdbc:h2:file:" + home + "/descent;") ? home.resolve("descent.mv.db") : null;
    }

    @Bean(LEFTOVERS)
    Leftovers leftovers(
            @Value("${descent.home}") Path home,
            @Value("${spring.datasource.url}") String url,
            @Value("${spring.datasource.username:}") String user,
            @Value("${spring.datasource.password:}") String password) {
        return new Leftovers(databaseFile(home, url), home, new Leftovers.Login(url, user, password));
    }

    /** Created before the database, so that it goes after it. */
    @Bean
    static BeanFactoryPostProcessor leftoversComeLast() {
        return new AbstractDependsOnBeanFactoryPostProcessor(DataSource.class, LEFTOVERS) {};
    }

    /**
     * The migrations are the same for all databases except for the names of two types, and for lines that apply to
     * PostgreSQL only and are comments elsewhere.
     */
    @Bean
    FlywayConfigurationCustomizer differences(Database database) {
        Map<String, String> differences = Map.of(
                "text", database.textType(),
                "binary", database.binaryType(),
                "only_postgresql", database == Database.POSTGRESQL ? "" : "-- ");
        return configuration -> configuration.placeholders(differences);
    }
}
