package dev.descent.store;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Makes PostgreSQL's driver fetch binary values as such from the first time: as text they are twice as long, and the
 * largest checkpoints exceed what the server can send. Also limits how long a connection may be silent: by default the
 * driver, and a thread with it, waits forever for a response that was lost, for instance because a firewall drops
 * packets. Settings of the pool and the URL take precedence.
 */
final class Connections implements BeanPostProcessor {

    /** In seconds, the driver's unit. Writing the largest checkpoint takes less. */
    private static final Map<String, String> POSTGRESQL =
            Map.of("tcpKeepAlive", "true", "connectTimeout", "5", "socketTimeout", "60", "prepareThreshold", "-1");

    /**
     * The lock timeout equals that in H2's URL. A process that hangs or vanishes within a transaction keeps its locks
     * no longer than this, so that others can take over its jobs.
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
