package dev.descent.job.worker;

import dev.descent.job.resource.JobProperties.Role;
import dev.descent.problem.StartRefusedException;
import dev.descent.store.Database;
import java.util.Locale;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Refuses to start a process with a partial role if no other process could ever do the rest, before anything is created
 * for it.
 */
@Component
class RoleCheck implements BeanFactoryPostProcessor {

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        Environment settings = beans.getBean(Environment.class);
        Role role = Binder.get(settings).bind("descent.role", Role.class).orElse(Role.ALL);
        if (role != Role.ALL && Database.of(settings).isExclusive()) {
            throw new StartRefusedException(
                    "descent.role is %s, but the embedded database belongs to one process alone: no other one could %s."
                            .formatted(
                                    role.name().toLowerCase(Locale.ROOT),
                                    role == Role.WORKER ? "take the requests" : "train the jobs"),
                    "Leave descent.role at all; or set spring.datasource.url to a PostgreSQL database, which processes with the other role share.");
        }
    }
}
