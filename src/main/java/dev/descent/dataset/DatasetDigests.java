package dev.descent.dataset;

import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which file each dataset is or was: jobs and models name their dataset even when it has been deleted. */
@Component
class DatasetDigests {

    private final JdbcClient sql;

    DatasetDigests(JdbcClient sql) {
        this.sql = sql;
    }

    /** Called in the transaction that stores the dataset. */
    void remember(String id, String sha256) {
        sql.sql("insert into dataset_digest (dataset_id, sha256) values (:id, :sha256)")
                .param("id", id)
                .param("sha256", sha256)
                .update();
    }

    List<String> datasets(String sha256) {
        return sql
                .sql("select dataset_id from dataset_digest where sha256 = :sha256 order by dataset_id")
                .param("sha256", sha256)
                .query(String.class)
                .list()
                .stream()
                .map(Objects::requireNonNull)
                .toList();
    }
}
