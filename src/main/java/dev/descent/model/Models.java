package dev.descent.model;

import dev.descent.core.data.Preprocessor;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.Wiring;
import dev.descent.core.train.evaluate.Predictor;
import dev.descent.core.train.evaluate.TrainedModel;
import dev.descent.core.train.examples.PreparedData;
import dev.descent.format.Safetensors;
import dev.descent.job.fold.Ensemble;
import dev.descent.job.fold.FoldModel;
import dev.descent.job.worker.ModelRegistry;
import dev.descent.job.worker.TrainedResult;
import dev.descent.listing.Cursor;
import dev.descent.listing.Ids;
import dev.descent.listing.Listing;
import dev.descent.model.explain.PreprocessingView;
import dev.descent.principal.Principal;
import dev.descent.principal.Visibility;
import dev.descent.problem.ProblemException;
import dev.descent.request.StoredJson;
import dev.descent.store.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionalEventListener;

/** Manages versions of trained weights by name. */
@Service
class Models implements ModelRegistry {

    private static final Instant END_OF_TIME = Instant.parse("9999-01-01T00:00:00Z");

    private final ModelRepository models;
    private final ModelVersionRepository versions;
    private final ModelNames names;
    private final FormerModels former;
    private final StoredJson json;
    private final Database database;
    private final ApplicationEventPublisher events;
    private final Map<String, Integer> newest = new ConcurrentHashMap<>();

    Models(
            ModelRepository models,
            ModelVersionRepository versions,
            ModelNames names,
            FormerModels former,
            StoredJson json,
            Database database,
            ApplicationEventPublisher events) {
        this.models = models;
        this.versions = versions;
        this.names = names;
        this.former = former;
        this.json = json;
        this.database = database;
        this.events = events;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public int publish(String owner, TrainedResult result) {
        String name = result.specification().model();
        Model model = models.findAndLock(owner, name).orElseGet(() -> create(owner, name, result.finishedAt()));
        int version = model.nextVersion();
        events.publishEvent(new Changed(model.getId()));
        NetworkSpec network = result.network();
        ModelDescription description = new ModelDescription(
                result.preprocessor().encoders(),
                network,
                result.target(),
                result.reading(),
                result.further().isEmpty() ? null : result.further());
        String evaluation = json.write(new EvaluationSummary(result.validation(), result.test()));
        String targets = json.write(result.specification().targets());
        versions.save(new ModelVersion(
                model.getId(), version, result, targets, description.format(), json.write(description), evaluation));
        return version;
    }

    private Model create(String owner, String name, Instant now) {
        events.publishEvent(new ModelNames.Changed());
        return models.save(new Model(Ids.next("mdl_"), owner, name, former.take(owner, name), now));
    }

    /** Published when versions of a model have come or gone. */
    record Changed(String modelId) {}

    /** After the commit, and after any read that is under way and may have come before it. */
    @TransactionalEventListener
    void forget(Changed changed) {
        newest.remove(changed.modelId());
    }

    /**
     * The number of a model's newest version. If no other process can publish or delete versions, it is read from the
     * store only once; otherwise that query would dominate the time of a prediction without a version.
     */
    int newestVersion(String modelId) {
        return database.isExclusive()
                ? newest.computeIfAbsent(modelId, unknown -> find(modelId).newestVersion())
                : find(modelId).newestVersion();
    }

    /** Whether a version that was loaded before may have been deleted by another process. */
    boolean isGone(ModelVersionId id) {
        return !database.isExclusive() && !versions.existsById(id);
    }

    /** @param after the last id or name of the previous page; null for the first page */
    @Transactional(readOnly = true)
    public Listing<ModelView> list(Principal principal, Cursor page, @Nullable String after) {
        Model last = after == null ? null : last(principal, after);
        List<Model> found = models.findOlder(
                principal.owner(),
                principal.isAdmin(),
                last == null ? END_OF_TIME : last.createdAt(),
                last == null ? "" : last.getId(),
                page.limitAndOne());
        return Listing.of(found, page, ModelView::of);
    }

    private Model last(Principal principal, String after) {
        return models.findById(after)
                .filter(model -> principal.sees(model.owner(), model.visibility()))
                .or(() -> names.findIfAny(principal, after))
                .orElseThrow(() -> Cursor.unknown(after));
    }

    /** @param owner of the model; null if the name says enough */
    @Transactional(readOnly = true)
    public ModelView get(Principal principal, String name, @Nullable String owner) {
        return ModelView.of(names.find(principal, name, owner));
    }

    @Transactional
    public ModelView show(Principal principal, String name, @Nullable String owner, Visibility visibility) {
        Model model = names.findOwnAndLock(principal, name, owner);
        model.show(visibility);
        return changed(model);
    }

    /** @throws ProblemException 409 if that owner has a model of that name already */
    @Transactional
    public ModelView giveTo(Principal principal, String name, @Nullable String owner, String other) {
        Model model = names.findOwnAndLock(principal, name, owner);
        if (other.equals(model.owner())) {
            return ModelView.of(model);
        }
        if (models.findByOwnerAndName(other, model.name()).isPresent()) {
            throw ProblemException.conflict("%s already has a model %s".formatted(other, model.name()));
        }
        model.continueAfter(former.take(other, model.name()));
        former.keep(model);
        model.giveTo(other);
        return changed(model);
    }

    private ModelView changed(Model model) {
        events.publishEvent(new ModelNames.Changed());
        return ModelView.of(models.save(model));
    }

    @Transactional(readOnly = true)
    public ModelVersionView version(Principal principal, String name, @Nullable String owner, int number) {
        Model model = names.find(principal, name, owner);
        ModelVersion version = find(new ModelVersionId(model.getId(), number), name);
        ModelDescription description = json.read(version.description(), ModelDescription.class);
        List<String> targets = json.strings(version.targets());
        boolean isOwn = principal.owns(model.owner());
        return new ModelVersionView(
                "model.version",
                model.name(),
                model.owner(),
                version.version(),
                version.createdAt(),
                isOwn ? version.jobId() : null,
                isOwn ? version.datasetId() : null,
                targets,
                version.task(),
                version.parameterCount(),
                description.members().size() == 1
                        ? null
                        : (Integer) description.members().size(),
                description.encoders().stream().map(ModelVersionView.Input::of).toList(),
                description.reading(),
                ModelVersionView.Output.of(targets, description.target()),
                PreprocessingView.of(description.encoders(), description.target()),
                json.tree(version.evaluation()),
                version.weightsSha256());
    }

    /** A version ready to predict, with its weights read from the store. */
    @Transactional(readOnly = true)
    public LoadedModel load(ModelVersionId id) {
        Model owning = find(id.modelId());
        ModelVersion version = find(id, owning.name());
        ModelDescription description = json.read(version.description(), ModelDescription.class);
        List<FoldModel.Description> members = description.members();
        try (Safetensors.Content content = Safetensors.read(version.weights())) {
            List<TrainedModel> models = new ArrayList<>();
            for (int i = 0; i < members.size(); i++) {
                models.add(model(members.get(i), members.size() == 1 ? "" : Ensemble.name(i, ""), content));
            }
            return new LoadedModel(id, owning.name(), description.reading(), new Predictor(models));
        }
    }

    /** @param prefix of the names of its weights */
    private static TrainedModel model(FoldModel.Description member, String prefix, Safetensors.Content content) {
        Preprocessor preprocessor = new Preprocessor(member.encoders());
        Wiring wiring = member.network().wire(PreparedData.columnsOf(preprocessor));
        Matrix weights =
                Matrix.zeros(Precision.FLOAT32, 1, Math.toIntExact(wiring.parameterCount() + wiring.stateCount()));
        TrainedModel model = new TrainedModel(wiring, weights, preprocessor, member.target());
        Map<String, Matrix> own = new LinkedHashMap<>();
        content.matrices().forEach((name, values) -> {
            if (name.startsWith(prefix)) {
                own.put(name.substring(prefix.length()), values);
            }
        });
        model.takeWeights(own);
        return model;
    }

    private Model find(String id) {
        return models.findById(id).orElseThrow(() -> ProblemException.notFound("model", id));
    }

    private ModelVersion find(ModelVersionId id, String name) {
        return versions.findById(id)
                .orElseThrow(() -> ProblemException.notFound("version %d of model".formatted(id.version()), name));
    }
}
