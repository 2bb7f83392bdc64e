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
    @Query("select m from Model m where m.id = :id")
    Optional<Model> findAndLock(String id);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select m from Model m where m.owner = :owner and m.name = :name")
    Optional<Model> findAndLock(String owner, String name);

    List<Model> findByName(String name);

    Optional<Model> findByOwnerAndName(String owner, String name);

    /** What an owner sees, newest first, starting after the model with the given time and id. */
    @Query("""
            select m from Model m
            where (m.createdAt < :createdAt or (m.createdAt = :createdAt and m.id < :id))
              and (:ofAll = true or m.owner = :owner or m.visibility = 'shared')
            order by m.createdAt desc, m.id desc""")
    List<Model> findOlder(String owner, boolean ofAll, Instant createdAt, String id, Limit limit);
}
