package dev.descent.job.worker;

import dev.descent.job.resource.JobProperties;
import dev.descent.problem.StartRefusedException;
import dev.descent.store.Database;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Refuses to start a process with a partial role if no other process could ever do the rest. */
@Component
class RoleCheck {

    RoleCheck(JobProperties properties, Database database) {
        if (properties.role() != JobProperties.Role.ALL && database.isExclusive()) {
            throw new StartRefusedException(
                    "descent.role is %s, but the embedded database belongs to one process alone: no other one could %s."
                            .formatted(
                                    properties.role().name().toLowerCase(Locale.ROOT),
                                    properties.trains() ? "take the requests" : "train the jobs"),
                    "Leave descent.role at all; or set spring.datasource.url to a PostgreSQL database, which processes with the other role share.");
        }
    }
}
