package dev.descent.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;

class ConnectionsTest {

    private final HikariDataSource pool = new HikariDataSource();

    private void process(String url) {
        pool.setJdbcUrl(url);
        new Connections().postProcessBeforeInitialization(pool, "dataSource");
    }

    @Test
    void aConnectionToPostgresqlIsSilentForAMinuteAtMost() {
        process("jdbc:postgresql://localhost/descent");

        assertThat(pool.getDataSourceProperties())
                .containsEntry("socketTimeout", "60")
                .containsEntry("connectTimeout", "5")
                .containsEntry("prepareThreshold", "-1");
        assertThat(pool.getConnectionInitSql()).contains("lock_timeout", "idle_in_transaction_session_timeout");
    }

    @Test
    void whatTheUserSetsComesFirst() {
        pool.addDataSourceProperty("socketTimeout", "300");
        pool.setConnectionInitSql("select 1");
        process("jdbc:postgresql://localhost/descent");

        assertThat(pool.getDataSourceProperties()).containsEntry("socketTimeout", "300");
        assertThat(pool.getConnectionInitSql()).isEqualTo("select 1");
    }

    @Test
    void otherDatabasesAreLeftAlone() {
        process("jdbc:h2:mem:descent");

        assertThat(pool.getDataSourceProperties()).isEmpty();
        assertThat(pool.getConnectionInitSql()).isNull();
    }
}
