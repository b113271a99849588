package dev.tidemark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A program that embeds the engine gets the documented dependencies and no others. */
class DependenciesTest {
    private static final Path ROOT = Path.of(System.getProperty("tidemark.root"));
    private static final String[] ENCRYPTION = {
        "dev.tidemark.engine.internal.encryption", "dev.tidemark.engine.internal.keys"
    };
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([a-z][^ |:]*:[^ |]+) \\| ([^ |]+) \\|");
    private static final Pattern DECLARED = Pattern.compile("(?s)<dependency>(.*?)</dependency>");
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>([^<]+)</artifactId>");

    /** The artifacts of one section of docs/dependencies.md, such as {@code sqlite-jdbc-3.54.1.0.jar}. */
    private static Set<String> documented(String heading) throws IOException {
        String text = Files.readString(ROOT.resolve("docs/dependencies.md"));
        int start = text.indexOf("\n## " + heading + "\n");
        assertThat(start).as(heading).isPositive();
        String section = text.substring(start + 4).split("\n## ", 2)[0];
        return ROW.matcher(section)
                .results()
                .map(row -> row.group(1).split(":", -1)[1] + "-" + row.group(2) + ".jar")
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Path> runTimeClassPath() throws IOException {
        String list = Files.readString(ROOT.resolve("engine/target/runtime-classpath.txt"))
                .strip();
        return Arrays.stream(list.split(File.pathSeparator)).map(Path::of).toList();
    }

    @Test
    void theRunTimeClassPathIsTheDocumentedOne() throws IOException {
        Set<String> expected = documented("In the engine");
        expected.addAll(documented("In the engine, optional"));
        expected.addAll(documented("Brought along by the optional ones"));
        assertThat(runTimeClassPath())
                .extracting(jar -> jar.getFileName().toString())
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void optionalAreExactlyTheDocumentedOnes() throws IOException {
        String pom = Files.readString(ROOT.resolve("engine/pom.xml"));
        Set<String> optional = DECLARED.matcher(pom)
                .results()
                .map(MatchResult::group)
                .filter(dependency -> dependency.contains("<optional>true</optional>"))
                .map(dependency -> ARTIFACT.matcher(dependency)
                        .results()
                        .findFirst()
                        .orElseThrow()
                        .group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> expected = documented("In the engine, optional").stream()
                .map(jar -> jar.replaceFirst("-[0-9].*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(optional).isEqualTo(expected);
    }

    @Test
    void whatEncryptionNeedsIsUsedThereAlone() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackages(ENCRYPTION)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.exceptionfactory.jagged..", "org.bouncycastle..", "javax.crypto..")
                .because("who does not encrypt does not need them")
                .check(EngineClasses.MAIN);
    }

    @Test
    void noBindingDecidesWhereTheLogGoes() throws IOException {
        for (Path jar : runTimeClassPath()) {
            try (JarFile file = new JarFile(jar.toFile())) {
                assertThat(file.getEntry("META-INF/services/org.slf4j.spi.SLF4JServiceProvider"))
                        .as(jar.toString())
                        .isNull();
            }
        }
    }

    @Test
    void theTestsHaveABindingWhichTheEngineHasNot() {
        assertThat(Thread.currentThread()
                        .getContextClassLoader()
                        .getResource("META-INF/services/org.slf4j.spi.SLF4JServiceProvider"))
                .as("else the test above could not find one")
                .isNotNull();
    }

    @Test
    void nothingElseIsUsedThanWhatIsDocumented() {
        ArchRuleDefinition.classes()
                .that()
                .resideInAPackage("dev.tidemark.engine..")
                .and()
                .resideOutsideOfPackages(ENCRYPTION)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.tidemark.engine..",
                        "java..",
                        "javax.sql..",
                        "com.github.luben.zstd..",
                        "com.zaxxer.hikari..",
                        "org.HdrHistogram..",
                        "org.jspecify.annotations..",
                        "org.msgpack..",
                        "org.slf4j..",
                        "org.sqlite..",
                        "tools.jackson..")
                .because("what the engine needs, everybody needs who embeds it; an optional library is used in one"
                        + " package of its own, which is named here with it")
                .check(engineBeside("dev.tidemark.engine.storage.s3"));
    }

    @Test
    void theSdkOfAmazonIsUsedInOnePackageOnly() {
        ArchRuleDefinition.classes()
                .that()
                .resideInAPackage("dev.tidemark.engine.storage.s3")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.tidemark.engine..",
                        "java..",
                        "javax.net.ssl..",
                        "javax.xml.stream..",
                        "org.apache.hc..",
                        "org.jspecify.annotations..",
                        "org.slf4j..",
                        "software.amazon.awssdk..")
                .because("who embeds the engine without S3 does not have it")
                .check(EngineClasses.MAIN);
    }

    private static JavaClasses engineBeside(String... packages) {
        return EngineClasses.MAIN.that(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(packages)));
    }
}
