package dev.descent.model;

import dev.descent.store.Sha256;
import java.nio.charset.StandardCharsets;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The last numbers of models that an owner no longer has, so that a later model of the same name does not use them
 * again. Of the name only a digest is kept.
 */
@Component
class FormerModels {

    private final JdbcClient sql;

    FormerModels(JdbcClient sql) {
        this.sql = sql;
    }

    /** Called in the transaction in which the owner loses the model. */
    void keep(Model model) {
        sql.sql("insert into former_model (name_sha256, last_number) values (:digest, :number)")
                .param("digest", digest(model.owner(), model.name()))
                .param("number", model.lastNumber())
                .update();
    }

    /**
     * Called in the transaction in which the owner gets a model of that name.
     *
     * @return the last number; 0 if there was none
     */
    int take(String owner, String name) {
        String digest = digest(owner, name);
        int number = sql.sql("select last_number from former_model where name_sha256 = :digest")
                .param("digest", digest)
                .query(Integer.class)
                .optional()
                .orElse(0);
        sql.sql("delete from former_model where name_sha256 = :digest")
                .param("digest", digest)
                .update();
        return number;
    }

    /** Owners have no spaces. */
    private static String digest(String owner, String name) {
        return Sha256.of((owner + " " + name).getBytes(StandardCharsets.UTF_8));
    }
}
