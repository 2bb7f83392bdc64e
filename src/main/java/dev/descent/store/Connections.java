package dev.descent.store;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Bounds how long a connection to PostgreSQL may be silent. By default the driver waits for ever for an answer that got lost on its way, as where a
 * firewall drops packets, and a thread with it. What the URL says comes first.
 */
final class Connections implements BeanPostProcessor {

    /** In the units of the driver: seconds. Writing the largest checkpoint takes less. */
    private static final Map<String, String> POSTGRESQL =
            Map.of("tcpKeepAlive", "true", "connectTimeout", "5", "socketTimeout", "60");

    /** As long as H2 waits by its URL. */
    private static final String LOCK_TIMEOUT = "set lock_timeout = '10s'";

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool
                && String.valueOf(pool.getJdbcUrl()).startsWith("jdbc:postgresql:")) {
            POSTGRESQL.forEach(pool::addDataSourceProperty);
            pool.setConnectionInitSql(LOCK_TIMEOUT);
        }
        return bean;
    }
}
