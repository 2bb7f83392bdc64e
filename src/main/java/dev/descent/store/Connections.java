package dev.descent.store;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Makes the driver of PostgreSQL fetch binary values as such from the first time on: as texts, twice as long, the
 * largest checkpoints are more than the server can send. And bounds how long a connection may be silent: by default the
 * driver waits for ever for an answer that got lost on its way, as where a firewall drops packets, and a thread with
 * it. What the settings of the pool and the URL say comes first.
 */
final class Connections implements BeanPostProcessor {

    /** In the units of the driver: seconds. Writing the largest checkpoint takes less. */
    private static final Map<String, String> POSTGRESQL =
            Map.of("tcpKeepAlive", "true", "connectTimeout", "5", "socketTimeout", "60", "prepareThreshold", "-1");

    /**
     * Locks are waited for as long as H2 does by its URL. A process that stands still or vanishes within a transaction
     * keeps its locks no longer than this: others can take its jobs.
     */
    private static final String LIMITS = """
            set lock_timeout = '10s'; set idle_in_transaction_session_timeout = '30s';
            set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3""";

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool
                && String.valueOf(pool.getJdbcUrl()).startsWith("jdbc:postgresql:")) {
            POSTGRESQL.forEach(pool.getDataSourceProperties()::putIfAbsent);
            if (pool.getConnectionInitSql() == null) {
                pool.setConnectionInitSql(LIMITS);
            }
        }
        return bean;
    }
}
