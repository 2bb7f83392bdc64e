package dev.descent.model;

import dev.descent.store.Rows;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface ModelRepository extends Rows<Model, String> {

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select m from Model m where m.name = :name")
    Optional<Model> findAndLock(String name);

    /** Newest first, starting after the model with the given time and name. */
    @Query("""
            select m from Model m where m.createdAt < :createdAt or (m.createdAt = :createdAt and m.name < :name)
            order by m.createdAt desc, m.name desc""")
    List<Model> findOlder(Instant createdAt, String name, Limit limit);
}
