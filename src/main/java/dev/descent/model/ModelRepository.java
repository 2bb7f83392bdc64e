package dev.descent.model;

import dev.descent.store.Rows;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface ModelRepository extends Rows<Model, String> {

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select m from Model m where m.name = :name")
    Optional<Model> findAndLock(String name);

    List<Model> findByNameGreaterThanOrderByName(String after, Limit limit);
}
