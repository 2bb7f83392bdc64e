package dev.descent.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The packaged CycloneDX document names everything that is shipped, by its content. */
class BillOfMaterialsIT {

    private static final String PLACE = "META-INF/sbom/application.cdx.json";
    private static final Path DISTRIBUTION = Path.of(System.getProperty("descent.distribution"));

    @Test
    void itListsEveryLibraryInTheJarWithItsDigest() throws IOException {
        try (JarFile jar = new JarFile(System.getProperty("descent.jar"))) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Sbom-Location"))
                    .isEqualTo(PLACE);
            Map<String, String> shipped = new TreeMap<>();
            for (var entry : jar.stream()
                    .filter(entry -> entry.getName().startsWith("BOOT-INF/lib/") && !entry.isDirectory())
                    .toList()) {
                shipped.put(sha256(jar.getInputStream(entry)), entry.getName());
            }
            assertThat(shipped.values()).anyMatch(name -> name.contains("spring-web"));

            Map<String, JsonNode> listed = byDigest(jar.getInputStream(jar.getEntry(PLACE)));
            assertThat(listed.keySet()).containsAll(shipped.keySet());
            shipped.forEach((digest, file) ->
                    assertThat(file).contains(listed.get(digest).get("name").asString()));
        }
    }

    @Test
    void itListsEveryLibraryOfTheDistributionNativesIncluded() throws IOException {
        Map<String, String> shipped = new TreeMap<>();
        try (Stream<Path> files = Files.list(DISTRIBUTION.resolve("lib"))) {
            for (Path file : files.filter(file -> !file.endsWith("descent.jar")).toList()) {
                shipped.put(
                        sha256(Files.newInputStream(file)), file.getFileName().toString());
            }
        }

        Map<String, JsonNode> listed = byDigest(Files.newInputStream(DISTRIBUTION.resolve("application.cdx.json")));
        assertThat(listed.keySet()).containsAll(shipped.keySet());
        Map<String, String> natives = shipped.entrySet().stream()
                .filter(file -> listed.get(file.getKey()).get("purl").asString().contains("classifier="))
                .collect(Collectors.toMap(
                        file -> listed.get(file.getKey()).get("name").asString(), Map.Entry::getValue));
        assertThat(natives).containsKeys("dnnl", "javacpp", "nd4j-native", "openblas", "opencl");
    }

    private static Map<String, JsonNode> byDigest(InputStream document) throws IOException {
        try (document) {
            JsonNode bill = JsonMapper.shared().readTree(document);
            assertThat(bill.get("bomFormat").asString()).isEqualTo("CycloneDX");
            return bill.get("components")
                    .valueStream()
                    .collect(Collectors.toMap(BillOfMaterialsIT::digest, component -> component));
        }
    }

    private static String digest(JsonNode component) {
        return component
                .get("hashes")
                .valueStream()
                .filter(hash -> hash.get("alg").asString().equals("SHA-256"))
                .findFirst()
                .orElseThrow()
                .get("content")
                .asString();
    }

    private static String sha256(InputStream content) throws IOException {
        try (content) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            content.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
