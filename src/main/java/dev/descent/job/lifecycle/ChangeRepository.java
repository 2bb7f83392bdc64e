package dev.descent.job.lifecycle;

import dev.descent.store.Rows;
import java.util.Collection;
import java.util.List;

public interface ChangeRepository extends Rows<Change, ChangeId> {

    List<Change> findByJobIdOrderByNumber(String jobId);

    List<Change> findByJobIdInOrderByNumber(Collection<String> jobIds);

    boolean existsByJobIdAndStepIsNull(String jobId);
}
