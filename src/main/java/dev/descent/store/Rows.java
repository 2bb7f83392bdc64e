package dev.descent.store;

import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.NoRepositoryBean;

/**
 * Entities by their id.
 *
 * @param <T> the entity
 */
@NoRepositoryBean
public interface Rows<T, ID> extends JpaRepository<T, ID> {

    /**
     * A query, since {@code EntityManager.find} of Hibernate finds nothing, rather than failing, where the database
     * fails within a transaction.
     */
    @Override
    @Query("select e from #{#entityName} e where id(e) = :id")
    Optional<T> findById(ID id);
}
