package dev.descent.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which packages of the core may know which. */
@AnalyzeClasses(packages = "dev.descent.core", importOptions = ImportOption.DoNotIncludeTests.class)
class CoreArchitectureTest {

    @ArchTest
    static final ArchRule noRoomLeadsBackToItself =
            slices().matching("dev.descent.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule matricesKnowNoNetwork = noClasses()
            .that()
            .resideInAPackage("dev.descent.core.math")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.descent.core.nn..", "dev.descent.core.train..", "dev.descent.core.data");

    @ArchTest
    static final ArchRule layersKnowNoOtherPart = rule("layer", "loss", "optimizer");

    @ArchTest
    static final ArchRule lossesKnowNoOtherPart = rule("loss", "layer", "optimizer", "parameter");

    @ArchTest
    static final ArchRule optimizersKnowNoOtherPart = rule("optimizer", "layer", "loss");

    /** They share only parameters; only the network knows them all. */
    private static ArchRule rule(String part, String... others) {
        String[] forbidden = new String[others.length + 1];
        forbidden[0] = "dev.descent.core.nn";
        for (int i = 0; i < others.length; i++) {
            forbidden[i + 1] = "dev.descent.core.nn." + others[i];
        }
        return noClasses()
                .that()
                .resideInAPackage("dev.descent.core.nn." + part)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden);
    }

    /** The precision decides in one place which kernels compute. */
    @ArchTest
    static final ArchRule nothingButMatricesKnowsTheirMemory = noClasses()
            .that()
            .resideInAnyPackage("dev.descent.core.nn..", "dev.descent.core.train..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.nio..");
}
