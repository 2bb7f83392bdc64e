package dev.descent.store;

import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.NoRepositoryBean;

/**
 * Entities by id.
 *
 * @param <T> the entity
 */
@NoRepositoryBean
public interface Rows<T, ID> extends JpaRepository<T, ID> {

    /**
     * Uses a query, because Hibernate's {@code EntityManager.find} finds nothing, instead of failing, if the database
     * fails within a transaction.
     */
    @Override
    @Query("select e from #{#entityName} e where id(e) = :id")
    Optional<T> findById(ID id);
}
