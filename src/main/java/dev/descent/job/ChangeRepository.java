package dev.descent.job;

import java.util.Collection;
import java.util.List;
import org.springframework.data.repository.ListCrudRepository;

interface ChangeRepository extends ListCrudRepository<Change, ChangeId> {

    List<Change> findByJobIdOrderByNumber(String jobId);

    List<Change> findByJobIdInOrderByNumber(Collection<String> jobIds);

    boolean existsByJobIdAndStepIsNull(String jobId);
}
