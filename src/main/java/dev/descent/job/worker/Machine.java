package dev.descent.job.worker;

import dev.descent.core.math.Blas;
import dev.descent.core.train.MachineSpeed;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The machine and the library versions that this process computes with. */
@Component
class Machine {

    private final String descent;
    private final String nd4j;

    private final String worker = UUID.randomUUID().toString();

    Machine(ObjectProvider<BuildProperties> build) {
        BuildProperties properties = build.getIfAvailable();
        this.descent = properties == null ? "development" : String.valueOf(properties.getVersion());
        this.nd4j = properties == null ? "unknown" : String.valueOf(properties.get("nd4j"));
    }

    /**
     * Runs once the service is ready, since serving requests needs no native library; whoever computes earlier waits
     * for it.
     */
    @EventListener(ApplicationReadyEvent.class)
    void warmUp() {
        // It loads the libraries for what it measures.
        new Thread(MachineSpeed::flops, "warm-up").start();
    }

    /** The name of this process among the workers. */
    String worker() {
        return worker;
    }

    /** Waits until it can compute. */
    void awaitReady() {
        Blas.load();
    }

    Provenance provenance(String datasetSha256, long seed, int threads) {
        return new Provenance(
                datasetSha256,
                seed,
                threads,
                descent,
                nd4j,
                Blas.description(),
                "%s %s".formatted(System.getProperty("java.vm.name"), System.getProperty("java.version")),
                "%s %s %s"
                        .formatted(
                                System.getProperty("os.name"),
                                System.getProperty("os.version"),
                                System.getProperty("os.arch")));
    }
}
