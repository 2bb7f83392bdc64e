package dev.descent.quota;

import dev.descent.principal.Principal;
import dev.descent.problem.ProblemException;

/** How much an owner may have. Administrators may have as much as there is. */
public interface Quotas {

    /**
     * Called in the transaction that stores something; another one of the same owner waits for its end.
     *
     * @throws ProblemException 413 if it alone is too large, 507 if too little is left
     */
    void requireStorage(Principal principal, long bytes);

    /**
     * Called in the transaction that queues a job; another one of the same owner waits for its end.
     *
     * @throws ProblemException 507 if the storage is used up, 429 if too many jobs wait
     */
    void requireQueueing(Principal principal);

    /**
     * @param pointer to what determines the number of epochs
     * @throws ProblemException 422 if a job is too much work
     */
    void requireWork(Principal principal, String pointer, long epochs, long rows);
}
