package dev.descent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.descent.architecture.CoreThatLogs;
import dev.descent.core.Name;
import dev.descent.core.Unwrapped;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Transient;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.RestController;

/** The structure of the code, held by the build. */
@AnalyzeClasses(packages = "dev.descent", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final ArchRule CORE_KNOWS_NO_FRAMEWORK = noClasses()
            .that()
            .resideInAnyPackage("dev.descent.core..", "dev.descent.architecture..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..",
                    "jakarta..",
                    "org.hibernate..",
                    "tools.jackson..",
                    "com.fasterxml.jackson..",
                    "java.net..",
                    "org.slf4j..",
                    "java.util.logging..",
                    "java.sql..");

    @ArchTest
    static final ArchRule theCoreKnowsNoFramework = CORE_KNOWS_NO_FRAMEWORK;

    @ArchTest
    static final ArchRule arrowsPointDown = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("application")
            .definedBy("dev.descent")
            .layer("demo")
            .definedBy("dev.descent.demo")
            .layer("docs")
            .definedBy("dev.descent.docs")
            .layer("graph")
            .definedBy("dev.descent.graph")
            .layer("model")
            .definedBy("dev.descent.model")
            .layer("job")
            .definedBy("dev.descent.job")
            .layer("dataset")
            .definedBy("dev.descent.dataset")
            .layer("access")
            .definedBy("dev.descent.access")
            .layer("idempotency")
            .definedBy("dev.descent.idempotency")
            .layer("request")
            .definedBy("dev.descent.request")
            .layer("listing")
            .definedBy("dev.descent.listing")
            .layer("store")
            .definedBy("dev.descent.store")
            .layer("settings")
            .definedBy("dev.descent.settings")
            .layer("problem")
            .definedBy("dev.descent.problem")
            .layer("core")
            .definedBy("dev.descent.core..")
            .whereLayer("application")
            .mayNotAccessAnyLayer()
            .whereLayer("demo")
            .mayNotAccessAnyLayer()
            .whereLayer("docs")
            .mayNotAccessAnyLayer()
            .whereLayer("graph")
            .mayOnlyAccessLayers("request", "problem", "core")
            .whereLayer("model")
            .mayOnlyAccessLayers("job", "dataset", "request", "listing", "store", "problem", "core")
            .whereLayer("job")
            .mayOnlyAccessLayers("dataset", "idempotency", "request", "listing", "store", "problem", "core")
            .whereLayer("access")
            .mayOnlyAccessLayers("problem")
            .whereLayer("idempotency")
            .mayOnlyAccessLayers("problem")
            .whereLayer("dataset")
            .mayOnlyAccessLayers("idempotency", "request", "listing", "store", "problem", "core")
            .whereLayer("request")
            .mayOnlyAccessLayers("problem", "core")
            .whereLayer("listing")
            .mayOnlyAccessLayers("problem", "core")
            .whereLayer("store")
            .mayOnlyAccessLayers("problem")
            .whereLayer("settings")
            .mayOnlyAccessLayers("problem")
            .whereLayer("problem")
            .mayOnlyAccessLayers("core")
            .whereLayer("core")
            .mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule theCoreHasLayersOfItsOwn = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("train")
            .definedBy("dev.descent.core.train")
            .layer("nn")
            .definedBy("dev.descent.core.nn")
            .layer("data")
            .definedBy("dev.descent.core.data")
            .layer("graph")
            .definedBy("dev.descent.core.graph")
            .whereLayer("train")
            .mayOnlyAccessLayers("nn", "data")
            .whereLayer("nn")
            .mayNotAccessAnyLayer()
            .whereLayer("data")
            .mayNotAccessAnyLayer()
            .whereLayer("graph")
            .mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule noPackagesDependOnEachOther =
            slices().matching("dev.descent.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noDrawersForWhateverIsLeft = noClasses()
            .should()
            .resideInAnyPackage(
                    "..common..", "..util..", "..utils..", "..impl..", "..config..", "..dto..", "..helper..");

    @ArchTest
    static final ArchRule controllersAndEntitiesBelongToTheirFeature = classes()
            .that()
            .areAnnotatedWith(RestController.class)
            .or()
            .areAnnotatedWith(Entity.class)
            .should()
            .bePackagePrivate();

    @ArchTest
    static final ArchRule nothingIsInjectedIntoFields = noFields().should().beAnnotatedWith(Autowired.class);

    /** Transactions are the services' business. */
    @ArchTest
    static final ArchRule controllersOpenNoTransactions = methods()
            .that()
            .areDeclaredInClassesThat()
            .areAnnotatedWith(RestController.class)
            .should()
            .notBeAnnotatedWith(Transactional.class);

    @ArchTest
    static final ArchRule nothingIsSerializedByJava =
            noClasses().should().dependOnClassesThat().haveNameMatching("java\\.io\\.Object(Input|Output)Stream");

    @ArchTest
    static final ArchRule onlyTheDemoWritesToTheTerminal = noClasses()
            .that()
            .resideOutsideOfPackage("dev.descent.demo")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule nothingSleeps = noClasses().should().callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static void everyPackageSaysWhatItIsFor(JavaClasses all) throws IOException {
        List<String> packages =
                all.stream().map(JavaClass::getPackageName).distinct().toList();
        for (String name : packages) {
            Path info = Path.of("src/main/java", name.split("\\.")).resolve("package-info.java");
            assertThat(Files.readString(info)).startsWith("/** ").contains("@NullMarked");
        }
    }

    /** A name that is forgotten would follow the Java name, and change with it. */
    @ArchTest
    static void whatHasANameHasItThroughout(JavaClasses all) {
        List<String> forgotten = all.stream()
                .filter(type -> type.isAssignableTo(Record.class))
                .map(JavaClass::reflect)
                .filter(type -> Arrays.stream(type.getRecordComponents()).anyMatch(ArchitectureTest::isNamed))
                .flatMap(type -> Arrays.stream(type.getRecordComponents()))
                .filter(component -> !isNamed(component) && component.getAnnotation(Unwrapped.class) == null)
                .map(component -> component.getDeclaringRecord().getSimpleName() + "." + component.getName())
                .toList();
        assertThat(forgotten).isEmpty();
    }

    private static boolean isNamed(RecordComponent component) {
        return component.getAnnotation(Name.class) != null;
    }

    /** What a client sees is called what its record says. */
    @ArchTest
    static final ArchRule nothingIsNamedForJacksonAlone = noFields()
            .that()
            .areDeclaredInClassesThat()
            .areAssignableTo(Record.class)
            .should()
            .beAnnotatedWith(JsonProperty.class);

    @ArchTest
    static final ArchRule columnsHaveNames = fields().that()
            .areDeclaredInClassesThat()
            .areAnnotatedWith(Entity.class)
            .and()
            .areNotStatic()
            .and()
            .areNotAnnotatedWith(Transient.class)
            .and()
            .areNotAnnotatedWith(ElementCollection.class)
            .should()
            .beAnnotatedWith(Column.class);

    @Test
    void theRuleForTheCoreFailsForAClassThatBreaksIt() {
        JavaClasses broken = new ClassFileImporter().importClasses(CoreThatLogs.class);

        assertThat(CORE_KNOWS_NO_FRAMEWORK.evaluate(broken).hasViolation()).isTrue();
    }

    @Test
    void noTestSleeps() throws IOException {
        String sleep = "Thread." + "sleep(";
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file)).as(file.toString()).doesNotContain(sleep);
            }
        }
    }
}
