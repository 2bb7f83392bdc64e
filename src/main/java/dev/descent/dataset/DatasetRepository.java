package dev.descent.dataset;

import dev.descent.store.Rows;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface DatasetRepository extends Rows<Dataset, String> {

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select d from Dataset d where d.id = :id")
    Optional<Dataset> findAndLock(String id);

    List<Dataset> findByIdLessThanOrderByIdDesc(String before, Limit limit);

    List<Dataset> findByNameAndIdLessThanOrderByIdDesc(String name, String before, Limit limit);
}
