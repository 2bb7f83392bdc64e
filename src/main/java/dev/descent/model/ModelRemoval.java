package dev.descent.model;

import dev.descent.principal.Principal;
import dev.descent.problem.ProblemException;
import dev.descent.store.Leftovers;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Removes versions of models, and with the last one the model. Jobs keep saying which version they made. */
@Service
class ModelRemoval {

    private static final Logger log = LoggerFactory.getLogger(ModelRemoval.class);

    private final ModelRepository models;
    private final ModelVersionRepository versions;
    private final ModelNames names;
    private final FormerModels former;
    private final ObjectProvider<VersionUse> uses;
    private final Leftovers leftovers;
    private final ApplicationEventPublisher events;

    ModelRemoval(
            ModelRepository models,
            ModelVersionRepository versions,
            ModelNames names,
            FormerModels former,
            ObjectProvider<VersionUse> uses,
            Leftovers leftovers,
            ApplicationEventPublisher events) {
        this.models = models;
        this.versions = versions;
        this.names = names;
        this.former = former;
        this.uses = uses;
        this.leftovers = leftovers;
        this.events = events;
    }

    /** Published when a version has been deleted. */
    record Removed(ModelVersionId id) {}

    /**
     * @throws ProblemException 403 for a model that is shared by someone else, 404 without such a version, 409 for one
     *     that something names
     */
    @Transactional
    public void delete(Principal principal, String name, @Nullable String owner, int version) {
        Model model = names.findOwnAndLock(principal, name, owner);
        if (!has(model.getId(), version)) {
            throw ProblemException.notFound("version %d of model".formatted(version), name);
        }
        delete(model, List.of(version));
    }

    /**
     * Deletes all versions.
     *
     * @throws ProblemException as for one
     */
    @Transactional
    public void delete(Principal principal, String name, @Nullable String owner) {
        Model model = names.findOwnAndLock(principal, name, owner);
        delete(model, versions.findNumbers(model.getId()));
    }

    boolean has(String modelId, int version) {
        return versions.existsById(new ModelVersionId(modelId, version));
    }

    /** Versions in use, by number. */
    Map<Integer, String> usersOf(String modelId) {
        return uses.stream()
                .flatMap(use -> use.usersOf(modelId).entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one));
    }

    /** @param model whose row the caller's transaction has locked */
    @Transactional(propagation = Propagation.MANDATORY)
    public void delete(Model model, List<Integer> numbers) {
        Map<Integer, String> users = usersOf(model.getId());
        for (int number : numbers) {
            String user = users.get(number);
            if (user != null) {
                throw ProblemException.conflict(
                        "Version %d of model %s is in use by %s".formatted(number, model.name(), user));
            }
        }
        leftovers.expect();
        for (int number : numbers) {
            versions.deleteOne(model.getId(), number);
            events.publishEvent(new Removed(new ModelVersionId(model.getId(), number)));
        }
        versions.findNewest(model.getId()).ifPresentOrElse(model::fallBackTo, () -> {
            former.keep(model);
            models.delete(model);
            events.publishEvent(new ModelNames.Changed());
        });
        events.publishEvent(new Models.Changed(model.getId()));
        log.info("Deleted versions {} of model {}", numbers, model.getId());
    }
}
