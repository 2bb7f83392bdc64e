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

    /** What is known of a dataset without reading its profile. */
    record Size(String id, long profileLength) {}

    @Query("""
            select new dev.descent.dataset.DatasetRepository$Size(d.id, cast(function('char_length', d.profile) as Integer))
            from Dataset d where d.id = :id""")
    Optional<Size> findSize(String id);

    /** What an owner sees, newest first. */
    @Query("""
            select new dev.descent.dataset.DatasetRepository$Size(d.id, cast(function('char_length', d.profile) as Integer)) from Dataset d
            where d.id < :before and (:ofAll = true or d.owner = :owner or d.visibility = 'shared')
              and (:anyName = true or d.name = :name) and (:anySha256 = true or d.sha256 = :sha256)
            order by d.id desc""")
    List<Size> findVisible(
            String owner,
            boolean ofAll,
            String name,
            boolean anyName,
            String sha256,
            boolean anySha256,
            String before,
            Limit limit);
}
