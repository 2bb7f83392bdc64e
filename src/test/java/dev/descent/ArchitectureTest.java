package dev.descent;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import dev.descent.core.TestTraining;
import jakarta.persistence.Entity;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.springframework.data.repository.Repository;
import org.springframework.stereotype.Controller;

class ArchitectureTest {

    private static final String ROOT = "dev.descent";

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);
    private static final JavaClasses ALL = new ClassFileImporter().importPackages(ROOT);

    private static final Set<String> CORE = Set.of("core", "core.data", "core.nn", "core.train", "core.graph");
    /** What every feature stands on. */
    private static final Set<String> BASE = Set.of("problem", "request", "listing", "store", "access");

    private static final Set<String> FEATURES = Set.of("model", "job", "dataset", "graph");

    /** Which packages a package may use, below {@value #ROOT}. A package that is not here may not exist. */
    private static final Map<String, Set<String>> ARROWS = new HashMap<>();

    static {
        ARROWS.put("core", Set.of());
        ARROWS.put("core.graph", Set.of("core"));
        ARROWS.put("core.data", Set.of("core"));
        ARROWS.put("core.nn", Set.of("core"));
        ARROWS.put("core.train", Set.of("core", "core.data", "core.nn"));
        ARROWS.put("problem", Set.of());
        ARROWS.put("store", Set.of());
        ARROWS.put("listing", Set.of("problem"));
        ARROWS.put("request", union(CORE, Set.of("problem")));
        ARROWS.put("access", Set.of("problem", "request", "listing", "store"));
        ARROWS.put("graph", union(CORE, BASE));
        ARROWS.put("dataset", union(CORE, BASE));
        ARROWS.put("job", union(CORE, BASE, Set.of("dataset")));
        ARROWS.put("model", union(CORE, BASE, Set.of("dataset", "job")));
        for (String face : List.of("dashboard", "openinference", "mlflow", "docs")) {
            ARROWS.put(face, union(CORE, BASE, FEATURES));
        }
        // A client like any other: it knows the service by HTTP alone.
        ARROWS.put("demo", Set.of());
    }

    @SafeVarargs
    private static Set<String> union(Set<String>... sets) {
        return Stream.of(sets).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }

    private static final ArchRule THE_CORE_IS_PLAIN_JAVA = classes()
            .that()
            .resideInAPackage("dev.descent.core..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.descent.core..",
                    "java.lang..",
                    "java.util..",
                    "java.math..",
                    "java.time..",
                    "java.nio..",
                    "java.io..",
                    "org.nd4j..",
                    "org.bytedeco..",
                    "com.sun.jna..",
                    "org.jspecify..");

    @Test
    void theCoreKnowsNeitherSpringNorPersistenceNorJsonNorHttpNorLogging() {
        THE_CORE_IS_PLAIN_JAVA.check(MAIN);
    }

    @Test
    void theRuleOfTheCoreFailsWhereItIsBroken() throws ClassNotFoundException {
        JavaClasses broken = new ClassFileImporter().importClasses(Class.forName("dev.descent.core.CoreBreaker"));
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> THE_CORE_IS_PLAIN_JAVA.check(broken))
                .withMessageContainingAll("org.springframework", "tools.jackson", "org.slf4j");
    }

    @Test
    void arrowsBetweenPackagesPointDown() {
        assertThat(forbiddenArrows(MAIN)).isEmpty();
    }

    @Test
    void theRuleOfTheArrowsFailsWhereItIsBroken() {
        assertThat(forbiddenArrows(new ClassFileImporter().importClasses(TestTraining.class)))
                .contains("core -> core.train", "core -> core.nn", "core -> core.data");
    }

    private static Set<String> forbiddenArrows(JavaClasses classes) {
        Set<String> forbidden = new TreeSet<>();
        for (JavaClass from : classes) {
            for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                JavaClass to = dependency.getTargetClass().getBaseComponentType();
                boolean ours = to.getPackageName().startsWith(ROOT);
                if (ours && !from.getPackageName().equals(ROOT) && !isAllowed(nameOf(from), nameOf(to))) {
                    forbidden.add(nameOf(from) + " -> " + nameOf(to));
                }
            }
        }
        return forbidden;
    }

    private static boolean isAllowed(String from, String to) {
        return from.equals(to) || ARROWS.getOrDefault(from, Set.of()).contains(to);
    }

    private static String nameOf(JavaClass type) {
        return type.getPackageName().replaceFirst("^dev\\.descent\\.?", "");
    }

    @Test
    void everyPackageIsOneThatTheArrowsKnow() {
        Set<String> packages = MAIN.stream().map(ArchitectureTest::nameOf).collect(Collectors.toSet());
        packages.remove("");
        assertThat(ARROWS.keySet()).containsAll(packages);
        assertThat(ARROWS.keySet().stream().map(name -> name.replaceFirst(".*\\.", "")))
                .doesNotContain("common", "util", "utils", "impl", "config", "dto");
    }

    @Test
    void packagesUseEachOtherWithoutCycles() {
        slices().matching("dev.descent.(**)").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void controllersEntitiesAndRepositoriesBelongToTheirFeature() {
        noClasses()
                .that()
                .areMetaAnnotatedWith(Controller.class)
                .or()
                .areAnnotatedWith(Entity.class)
                .or()
                .areAssignableTo(Repository.class)
                .should()
                .bePublic()
                .check(MAIN);
    }

    @Test
    void nothingIsSerialisedByJava() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ObjectInputStream.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ObjectOutputStream.class)
                .check(MAIN);
    }

    @Test
    void whatAClassNeedsIsGivenToItsConstructor() {
        GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION.check(MAIN);
    }

    @Test
    void everyPackageSaysWhatItIsForAndIsNullMarked() {
        assertThat(MAIN.stream().map(JavaClass::getPackage).distinct())
                .allSatisfy(javaPackage -> assertThat(javaPackage.isAnnotatedWith(NullMarked.class))
                        .as("%s has a package-info with @NullMarked", javaPackage.getName())
                        .isTrue());
    }

    @Test
    void whatIsToBeSaidIsLogged() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .check(MAIN);
        // A program for the terminal speaks there.
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.descent.demo..")
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .check(MAIN);
    }

    @Test
    void nothingSleepsTestsIncluded() {
        noClasses()
                .should()
                .callMethodWhere(target(name("sleep"))
                        .and(target(owner(assignableTo(Thread.class)).or(owner(assignableTo(TimeUnit.class))))))
                .check(ALL);
    }

    @Test
    void theDemoKnowsTheServiceByHttpAlone() {
        noClasses()
                .that()
                .resideInAPackage("dev.descent.demo..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "jakarta.persistence..", "org.nd4j..")
                .allowEmptyShould(true)
                .check(MAIN);
    }
}
