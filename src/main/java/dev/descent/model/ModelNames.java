package dev.descent.model;

import dev.descent.principal.Principal;
import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import dev.descent.store.Database;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Finds the model that a principal means by a name: its own one, else the only one of that name that it sees. An owner
 * may be named beside it.
 */
@Component
public class ModelNames {

    /** Any number of owners may ask for what is shared. */
    private static final int MOST_KNOWN = 100_000;

    private final ModelRepository models;
    private final Database database;
    private final Map<Meant, String> known = new ConcurrentHashMap<>();

    ModelNames(ModelRepository models, Database database) {
        this.models = models;
        this.database = database;
    }

    private record Meant(
            String asker,
            boolean seesAll,
            String name,
            @Nullable String owner) {}

    /** Published when it may have changed what a name means to somebody. */
    record Changed() {}

    /**
     * The id of the model. If no other process can change models, it is read from the store only once; otherwise that
     * query would dominate the time of a prediction.
     *
     * @param owner of the model; null if the name says enough
     * @throws ProblemException 404 if the principal sees none, 409 if it sees several and none is its own
     */
    public String idOf(Principal principal, String name, @Nullable String owner) {
        Meant meant = new Meant(principal.owner(), principal.isAdmin(), name, owner);
        if (known.size() >= MOST_KNOWN) {
            known.clear();
        }
        return database.isExclusive()
                ? known.computeIfAbsent(
                        meant, unknown -> find(principal, name, owner).getId())
                : find(principal, name, owner).getId();
    }

    /** After the commit: whoever reads earlier is done, or reads again. */
    @TransactionalEventListener
    void forget(Changed changed) {
        known.clear();
    }

    Model find(Principal principal, String name, @Nullable String owner) {
        Optional<Model> found = owner == null
                ? findIfAny(principal, name)
                : models.findByOwnerAndName(owner, name)
                        .filter(model -> principal.sees(model.owner(), model.visibility()));
        return found.orElseThrow(() -> ProblemException.notFound("model", name));
    }

    /** @throws ProblemException 409 if the principal sees several and none is its own */
    Optional<Model> findIfAny(Principal principal, String name) {
        return models.findByOwnerAndName(principal.owner(), name).or(() -> onlyVisible(principal, name));
    }

    /** @throws ProblemException 403 if it is shared by someone else */
    Model findOwnAndLock(Principal principal, String name, @Nullable String owner) {
        Model model = models.findAndLock(find(principal, name, owner).getId())
                .orElseThrow(() -> ProblemException.notFound("model", name));
        if (!principal.owns(model.owner())) {
            throw new ProblemException(
                    Problem.FORBIDDEN,
                    "Model %s is shared by its owner, who alone may change it".formatted(name),
                    List.of());
        }
        return model;
    }

    private Optional<Model> onlyVisible(Principal principal, String name) {
        List<Model> visible = models.findByName(name).stream()
                .filter(model -> principal.sees(model.owner(), model.visibility()))
                .toList();
        if (visible.size() > 1) {
            throw ProblemException.conflict("Several owners have a model %s; add ?owner= and one of %s"
                    .formatted(name, visible.stream().map(Model::owner).sorted().collect(Collectors.joining(", "))));
        }
        return visible.stream().findFirst();
    }
}
