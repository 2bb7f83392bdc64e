package dev.descent;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import dev.descent.architecture.CoreThatLogs;
import dev.descent.architecture.Nameless;
import dev.descent.architecture.PublicTypes;
import dev.descent.core.Name;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Transient;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.data.repository.Repository;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.RestController;

/** The architecture rules that every build enforces. */
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

    /** A group of packages and the groups it may use. Whoever adds a top-level package adds a line. */
    private record Room(String name, String packages, List<String> uses) {

        static Room of(String name, String packages, String... uses) {
            return new Room(name, packages, List.of(uses));
        }
    }

    private static final List<Room> ROOMS = List.of(
            Room.of("application", "dev.descent"),
            Room.of("demo", "dev.descent.demo..", "access"),
            Room.of(
                    "access",
                    "dev.descent.access..",
                    "quota",
                    "listing",
                    "request",
                    "store",
                    "ticker",
                    "problem",
                    "principal",
                    "core"),
            Room.of("docs", "dev.descent.docs..", "principal"),
            Room.of("settings", "dev.descent.settings..", "problem"),
            Room.of("graph", "dev.descent.graph..", "request", "problem", "principal", "core", "core.graph"),
            Room.of(
                    "retention",
                    "dev.descent.retention..",
                    "model",
                    "job",
                    "dataset",
                    "request",
                    "problem",
                    "principal",
                    "core"),
            Room.of(
                    "model",
                    "dev.descent.model..",
                    "quota",
                    "job.worker",
                    "job.fold",
                    "job",
                    "job.specification",
                    "job.resource",
                    "dataset",
                    "format",
                    "request",
                    "listing",
                    "store",
                    "ticker",
                    "problem",
                    "principal",
                    "core",
                    "core.train",
                    "core.nn",
                    "core.math",
                    "core.data"),
            Room.of(
                    "job.worker",
                    "dev.descent.job.worker..",
                    "job",
                    "job.matrix",
                    "job.fold",
                    "job.checkpoint",
                    "job.history",
                    "job.specification",
                    "job.lifecycle",
                    "job.resource",
                    "dataset",
                    "format",
                    "request",
                    "listing",
                    "store",
                    "ticker",
                    "problem",
                    "principal",
                    "core",
                    "core.train",
                    "core.nn",
                    "core.math",
                    "core.data"),
            Room.of(
                    "job.matrix",
                    "dev.descent.job.matrix..",
                    "job.specification",
                    "dataset",
                    "format",
                    "request",
                    "store",
                    "ticker",
                    "problem",
                    "core",
                    "core.train",
                    "core.math",
                    "core.data"),
            Room.of(
                    "job",
                    "dev.descent.job",
                    "quota",
                    "job.feed",
                    "job.fold",
                    "job.checkpoint",
                    "job.history",
                    "job.specification",
                    "job.lifecycle",
                    "job.resource",
                    "dataset",
                    "idempotency",
                    "request",
                    "listing",
                    "store",
                    "problem",
                    "principal",
                    "core",
                    "core.train",
                    "core.nn",
                    "core.data"),
            Room.of(
                    "job.feed",
                    "dev.descent.job.feed..",
                    "job.lifecycle",
                    "ticker",
                    "problem",
                    "principal",
                    "core",
                    "core.train"),
            Room.of(
                    "job.fold",
                    "dev.descent.job.fold..",
                    "job.history",
                    "job.lifecycle",
                    "format",
                    "request",
                    "store",
                    "core",
                    "core.train",
                    "core.nn",
                    "core.math",
                    "core.data"),
            Room.of(
                    "job.checkpoint",
                    "dev.descent.job.checkpoint..",
                    "format",
                    "request",
                    "store",
                    "core",
                    "core.train",
                    "core.math"),
            Room.of(
                    "job.history",
                    "dev.descent.job.history..",
                    "job.specification",
                    "format",
                    "request",
                    "store",
                    "core",
                    "core.train",
                    "core.nn"),
            Room.of(
                    "job.specification",
                    "dev.descent.job.specification..",
                    "job.resource",
                    "dataset",
                    "request",
                    "store",
                    "problem",
                    "principal",
                    "core",
                    "core.train",
                    "core.nn",
                    "core.data"),
            Room.of("job.lifecycle", "dev.descent.job.lifecycle..", "store", "core", "core.train"),
            Room.of("job.resource", "dev.descent.job.resource..", "problem"),
            Room.of(
                    "dataset",
                    "dev.descent.dataset..",
                    "quota",
                    "idempotency",
                    "request",
                    "listing",
                    "store",
                    "ticker",
                    "problem",
                    "principal",
                    "core",
                    "core.data"),
            Room.of("format", "dev.descent.format..", "core", "core.train", "core.math", "core.data"),
            Room.of("quota", "dev.descent.quota..", "problem", "principal"),
            Room.of("idempotency", "dev.descent.idempotency..", "store", "problem", "principal"),
            Room.of("listing", "dev.descent.listing..", "problem", "core"),
            Room.of("request", "dev.descent.request..", "problem", "principal", "core"),
            Room.of("store", "dev.descent.store..", "problem"),
            Room.of("ticker", "dev.descent.ticker.."),
            Room.of("problem", "dev.descent.problem..", "principal", "core"),
            Room.of("principal", "dev.descent.principal..", "core"),
            Room.of("core.train", "dev.descent.core.train..", "core.nn", "core.math", "core.data", "core"),
            Room.of("core.nn", "dev.descent.core.nn..", "core.math", "core"),
            Room.of("core.math", "dev.descent.core.math.."),
            Room.of("core.data", "dev.descent.core.data..", "core"),
            Room.of("core.graph", "dev.descent.core.graph..", "core"),
            Room.of("core", "dev.descent.core"));

    @ArchTest
    static void everyRoomUsesOnlyRoomsBelowIt(JavaClasses all) {
        Architectures.LayeredArchitecture house = layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (Room room : ROOMS) {
            house = house.layer(room.name()).definedBy(room.packages());
        }
        List<String> open = new ArrayList<>(ROOMS.stream().map(Room::name).toList());
        for (Room room : ROOMS) {
            open.remove(room.name());
            assertThat(open).as("below " + room.name()).containsAll(room.uses());
            house = room.uses().isEmpty()
                    ? house.whereLayer(room.name()).mayNotAccessAnyLayer()
                    : house.whereLayer(room.name())
                            .mayOnlyAccessLayers(room.uses().toArray(String[]::new));
        }
        house.check(all);
    }

    @ArchTest
    static final ArchRule everyClassStandsInARoom = classes()
            .should()
            .resideInAnyPackage(ROOMS.stream().map(Room::packages).toArray(String[]::new));

    /** What layers, losses and optimizers share is in the packages below all three. */
    @ArchTest
    static final ArchRule layersLossesAndOptimizersDoNotKnowEachOther = slices().matching("dev.descent.core.nn.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(
                    resideInAPackage("dev.descent.core.nn.."), resideInAPackage("dev.descent.core.nn.parameter.."));

    @ArchTest
    static final ArchRule noPackagesDependOnEachOther =
            slices().matching("dev.descent.(**)").should().beFreeOfCycles();

    /** Nor at any higher level: all packages under one directory form one slice. */
    @ArchTest
    static final ArchRule noFeaturesDependOnEachOther =
            slices().matching("dev.descent.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noRoomsOfTheCoreDependOnEachOther =
            slices().matching("dev.descent.core.(*)..").should().beFreeOfCycles();

    private static final int MOST_FILES = 30;

    @Test
    void noPackageIsLargerThanOneCanLookOver() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            Map<Path, Long> sizes = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
            assertThat(sizes).allSatisfy((folder, count) -> assertThat(count).isLessThanOrEqualTo(MOST_FILES));
        }
    }

    /** Adding another engine must not require changes in the worker. */
    @ArchTest
    static final ArchRule workersAskForAnEngine = noClasses()
            .that()
            .resideOutsideOfPackage("dev.descent.core.train..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("dev.descent.core.train.Trainer");

    @ArchTest
    static final ArchRule noDrawersForWhateverIsLeft = noClasses()
            .should()
            .resideInAnyPackage(
                    "..common..", "..util..", "..utils..", "..impl..", "..config..", "..dto..", "..helper..");

    @ArchTest
    static final ArchRule controllersBelongToTheirFeature =
            classes().that().areAnnotatedWith(RestController.class).should().bePackagePrivate();

    /** Other features go through the services. */
    @ArchTest
    static void entitiesBelongToTheirFeature(JavaClasses all) {
        DescribedPredicate<JavaClass> isStored =
                DescribedPredicate.or(annotatedWith(Entity.class), assignableTo(Repository.class));
        Set<String> features = all.stream()
                .filter(annotatedWith(Entity.class))
                .map(type -> type.getPackageName().split("\\.")[2])
                .collect(Collectors.toSet());
        assertThat(features).contains("dataset", "job", "model");
        for (String feature : features) {
            String packages = "dev.descent.%s..".formatted(feature);
            noClasses()
                    .that()
                    .resideOutsideOfPackage(packages)
                    .should()
                    .dependOnClassesThat(resideInAPackage(packages).and(isStored))
                    .check(all);
        }
    }

    @ArchTest
    static final ArchRule nothingIsInjectedIntoFields = noFields().should().beAnnotatedWith(Autowired.class);

    /** See {@link PlainConfigurations}. */
    @ArchTest
    static final ArchRule beanMethodsAreCalledBySpringAlone =
            noClasses().should().callMethodWhere(target(annotatedWith(Bean.class)));

    /** Transactions belong to the services. */
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
    static final ArchRule onlyTheDemoAndTheFirstStartWriteToTheTerminal = noClasses()
            .that()
            .resideOutsideOfPackage("dev.descent.demo..")
            .and()
            .doNotHaveSimpleName("Greeting")
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
            assertThat(Files.readString(info)).startsWith("/**").contains("@NullMarked");
        }
    }

    @ArchTest
    static void whatIsPublicOrStoredHasItsNames(JavaClasses all) {
        assertThat(publicTypes(all).withoutName()).isEmpty();
    }

    /** The results of controllers, and every record that has a name already: what is stored is among these. */
    private static PublicTypes publicTypes(JavaClasses all) {
        PublicTypes types = new PublicTypes();
        for (JavaClass type : all) {
            if (type.isAnnotatedWith(RestController.class)) {
                Arrays.stream(type.reflect().getDeclaredMethods())
                        .map(Method::getGenericReturnType)
                        .forEach(types::add);
            } else if (type.isAssignableTo(Record.class) && isNamed(type.reflect())) {
                types.add(type.reflect());
            }
        }
        return types;
    }

    private static boolean isNamed(Class<?> record) {
        return Arrays.stream(record.getRecordComponents())
                .anyMatch(component -> component.isAnnotationPresent(Name.class));
    }

    @Test
    void theRuleForNamesFailsForAnAnswerWithoutAny() {
        PublicTypes types = new PublicTypes();
        types.add(new ParameterizedTypeReference<ResponseEntity<List<Nameless>>>() {}.getType());

        assertThat(types.withoutName()).containsExactly("Nameless.count");
    }

    /** Clients see the names declared in the records. */
    @ArchTest
    static final ArchRule nothingIsNamedForJacksonAlone = noFields()
            .that()
            .areDeclaredInClassesThat()
            .areAssignableTo(Record.class)
            .should()
            .beAnnotatedWith(JsonProperty.class);

    @ArchTest
    static final ArchRule columnsHaveNames = fields().that()
            .areDeclaredInClassesThat(annotatedWith(Entity.class).or(annotatedWith(Embeddable.class)))
            .and()
            .areNotStatic()
            .and()
            .areNotAnnotatedWith(Transient.class)
            .and()
            .areNotAnnotatedWith(ElementCollection.class)
            .and()
            .areNotAnnotatedWith(Embedded.class)
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
