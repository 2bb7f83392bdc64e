package dev.descent.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.MappedByteBuffer;

/** Rules inside the core, on top of those for all packages. */
@AnalyzeClasses(packages = "dev.descent.core", importOptions = ImportOption.DoNotIncludeTests.class)
class CoreArchitectureTest {

    @ArchTest
    static final ArchRule theNetworkAloneKnowsAllItsParts = noClasses()
            .that()
            .resideInAPackage("dev.descent.core.nn.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.descent.core.nn");

    @ArchTest
    static final ArchRule lossesKnowNoParameters = noClasses()
            .that()
            .resideInAPackage("dev.descent.core.nn.loss..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.descent.core.nn.parameter..");

    /** The precision decides in one place which kernels compute. */
    @ArchTest
    static final ArchRule nothingButMatricesKnowsTheirMemory = noClasses()
            .that()
            .resideInAnyPackage("dev.descent.core.nn..", "dev.descent.core.train..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(FloatBuffer.class, DoubleBuffer.class, MappedByteBuffer.class);
}
