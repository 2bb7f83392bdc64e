package dev.descent.access.key;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The time that a wrong secret takes does not depend on how much of it is right: whatever is compared are hashes of one
 * length, and all of them is compared. A clock could not tell, so this looks at who calls what.
 */
class SecretTest {

    private static final int LENGTH_OF_HASHES = 64;

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.descent.access");

    private static String place(JavaAccess<?> access) {
        return access.getOriginOwner().getSimpleName() + "."
                + access.getOrigin().getName();
    }

    private Set<String> callersOf(Class<?> type, String method) {
        return classes.get(type).getMethods().stream()
                .filter(found -> found.getName().equals(method))
                .flatMap(found -> found.getAccessesToSelf().stream())
                .map(SecretTest::place)
                .map(place -> place.replaceAll("lambda\\$(\\w+)\\$\\d+", "$1"))
                .collect(Collectors.toSet());
    }

    @Test
    void hashesHaveOneLengthAndDifferEverywhereForAnyOtherSecret() {
        Set<String> hashes = new HashSet<>();
        String secret = Secret.next();
        for (int i = 0; i < secret.length(); i++) {
            String other = secret.substring(0, i) + (secret.charAt(i) == 'a' ? 'b' : 'a') + secret.substring(i + 1);
            hashes.add(Secret.hash(other));
            assertThat(Secret.matches(other, Secret.hash(secret))).isFalse();
        }
        hashes.add(Secret.hash(""));
        hashes.add(Secret.hash(secret));
        assertThat(hashes).hasSize(secret.length() + 2).allMatch(hash -> hash.length() == LENGTH_OF_HASHES);
        assertThat(Secret.matches(secret, Secret.hash(secret))).isTrue();
    }

    @Test
    void hashesAreComparedInOnePlaceAsAWhole() {
        assertThat(callersOf(ApiKey.class, "secretHash")).containsExactlyInAnyOrder("ApiKeys.find", "ApiKeyStore.add");
        assertThat(callersOf(Secret.class, "matches"))
                .containsExactlyInAnyOrder("ApiKeys.find", "ServiceToken.holderOf");
        JavaClass secret = classes.get(Secret.class);
        assertThat(secret.getMethodCallsFromSelf().stream()
                        .filter(call -> call.getTargetOwner().isEquivalentTo(MessageDigest.class))
                        .map(SecretTest::place))
                .contains("Secret.matches");
        assertThat(secret.getMethodCallsFromSelf().stream()
                        .map(call -> call.getTarget().getName()))
                .doesNotContain("equals", "compareTo", "startsWith", "contentEquals", "regionMatches");
    }

    @Test
    void theServicesTokenIsComparedByItsHashAlone() {
        Set<String> readers = classes.get(ServiceToken.class).getField("token").getAccessesToSelf().stream()
                .map(SecretTest::place)
                .collect(Collectors.toSet());
        assertThat(readers)
                .containsExactlyInAnyOrder(
                        "ServiceToken.<init>", "ServiceToken.holderOf", "ServiceToken.value", "ServiceToken.version");
        List<String> compared =
                classes.get(ServiceToken.class).getMethod("holderOf", String.class).getMethodCallsFromSelf().stream()
                        .map(call -> call.getTarget().getName())
                        .toList();
        assertThat(compared).contains("matches").doesNotContain("equals");
        noClasses()
                .that()
                .haveSimpleName("ApiKeys")
                .should()
                .callMethod(ServiceToken.class, "value")
                .check(classes);
    }
}
