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
import dev.descent.job.worker.ModelRegistry;
import dev.descent.job.worker.TrainedResult;
import dev.descent.listing.Cursor;
import dev.descent.listing.Listing;
import dev.descent.problem.ProblemException;
import dev.descent.request.StoredJson;
import dev.descent.store.Database;
import java.time.Instant;
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
    private final StoredJson json;
    private final Database database;
    private final ApplicationEventPublisher events;
    private final Map<String, Integer> newest = new ConcurrentHashMap<>();

    Models(
            ModelRepository models,
            ModelVersionRepository versions,
            StoredJson json,
            Database database,
            ApplicationEventPublisher events) {
        this.models = models;
        this.versions = versions;
        this.json = json;
        this.database = database;
        this.events = events;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public int publish(TrainedResult result) {
        String name = result.specification().model();
        Model model = models.findAndLock(name).orElseGet(() -> models.save(new Model(name, result.finishedAt())));
        int version = model.nextVersion();
        events.publishEvent(new Published(name, version));
        NetworkSpec network = result.network();
        String description =
                json.write(new ModelDescription(result.preprocessor().encoders(), network, result.target()));
        String evaluation = json.write(new EvaluationSummary(result.validation(), result.test()));
        String targets = json.write(result.specification().targets());
        versions.save(new ModelVersion(version, result, targets, description, evaluation));
        return version;
    }

    /** Published once a version has been committed. */
    record Published(String model, int version) {}

    @TransactionalEventListener
    void remember(Published published) {
        newest.merge(published.model(), published.version(), Math::max);
    }

    /**
     * The number of a model's newest version. If no other process can publish versions, it is read from the store only
     * once; otherwise that query would dominate the time of a prediction without a version.
     */
    int newestVersion(String name) {
        Integer known = database.isExclusive() ? newest.get(name) : null;
        if (known != null) {
            return known;
        }
        // Numbers only increase, so the larger one is right, whether a new version was committed before or after this
        // read.
        return newest.merge(name, find(name).newestVersion(), Math::max);
    }

    /** @param after the last name of the previous page; null for the first page */
    @Transactional(readOnly = true)
    public Listing<ModelView> list(Cursor page, @Nullable String after) {
        Instant createdAt = after == null
                ? END_OF_TIME
                : models.findById(after)
                        .orElseThrow(() -> Cursor.unknown(after))
                        .createdAt();
        List<Model> found = models.findOlder(createdAt, after == null ? "" : after, page.limitAndOne());
        return Listing.of(found, page, ModelView::of);
    }

    @Transactional(readOnly = true)
    public ModelView get(String name) {
        return ModelView.of(find(name));
    }

    /** @param number null for the newest */
    @Transactional(readOnly = true)
    public ModelVersionView version(String name, @Nullable Integer number) {
        ModelVersion version = find(name, number);
        ModelDescription description = json.read(version.description(), ModelDescription.class);
        List<String> targets = json.strings(version.targets());
        return new ModelVersionView(
                "model.version",
                version.modelName(),
                version.version(),
                version.createdAt(),
                version.jobId(),
                version.datasetId(),
                targets,
                version.task(),
                version.parameterCount(),
                description.encoders().stream().map(ModelVersionView.Input::of).toList(),
                ModelVersionView.Output.of(targets, description.target()),
                json.tree(version.evaluation()),
                version.weightsSha256());
    }

    /** A version ready to predict, with its weights read from the store. */
    @Transactional(readOnly = true)
    public LoadedModel load(String name, @Nullable Integer number) {
        ModelVersion version = find(name, number);
        ModelDescription description = json.read(version.description(), ModelDescription.class);
        Preprocessor preprocessor = new Preprocessor(description.encoders());
        Wiring wiring = description.network().wire(PreparedData.columnsOf(preprocessor));
        Matrix weights =
                Matrix.zeros(Precision.FLOAT32, 1, Math.toIntExact(wiring.parameterCount() + wiring.stateCount()));
        try (Safetensors.Content content = Safetensors.read(version.weights())) {
            TrainedModel model = new TrainedModel(wiring, weights, preprocessor, description.target());
            model.takeWeights(content.matrices());
            return new LoadedModel(version.modelName(), version.version(), new Predictor(model));
        }
    }

    private Model find(String name) {
        return models.findById(name).orElseThrow(() -> ProblemException.notFound("model", name));
    }

    private ModelVersion find(String name, @Nullable Integer number) {
        int version = number == null ? find(name).newestVersion() : number;
        return versions.findById(new ModelVersionId(name, version))
                .orElseThrow(() -> ProblemException.notFound("version %d of model".formatted(version), name));
    }
}
