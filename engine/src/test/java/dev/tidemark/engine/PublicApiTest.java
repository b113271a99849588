package dev.tidemark.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.tidemark.engine.changelog.ChangelogQuery;
import dev.tidemark.engine.storage.s3.S3Options;
import dev.tidemark.engine.sync.SyncOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicApiTest {
    private static final String PLANTED = "dev.tidemark.planted";

    private static final JavaClasses ENGINE = EngineClasses.MAIN;
    private static JavaClasses planted;

    @BeforeAll
    static void readClasses() {
        planted = new ClassFileImporter().importPackages(PLANTED);
    }

    @Test
    void whatIsNotExportedIsInternal() {
        ArchRule rule = nothingElseThan(PublicApi.ROOT, PublicApi.PACKAGES);
        rule.check(ENGINE);
        assertThatThrownBy(() -> nothingElseThan(PLANTED, List.of()).check(planted))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Leaks");
        nothingElseThan(PLANTED, List.of(PLANTED)).check(planted);
    }

    private static ArchRule nothingElseThan(String root, List<String> exported) {
        return classes()
                .should()
                .resideInAnyPackage(Stream.concat(exported.stream(), Stream.of(root + ".internal.."))
                        .toArray(String[]::new))
                .because("what others may build on is decided, by naming its package in PublicApi, not left to chance");
    }

    @Test
    void theApiShowsNothingInternal() {
        exposesNothingInternal(PublicApi.ROOT, PublicApi.PACKAGES).check(ENGINE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Parameter", "Returned", "Thrown", "Extended", "Constructed", "Field", "Bound"})
    void anApiThatShowsSomethingInternalIsFound(String leak) {
        ArchRule rule = exposesNothingInternal(PLANTED, List.of(PLANTED));
        assertThatThrownBy(() -> rule.check(planted))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Leaks$" + leak + " ")
                .hasMessageNotContaining("Sound");
    }

    private static ArchRule exposesNothingInternal(String root, List<String> exported) {
        return classes()
                .that()
                .resideInAnyPackage(exported.toArray(String[]::new))
                .and(DescribedPredicate.describe("are open to others", PublicApiTest::isOpen))
                .should(showNothingFrom(root + ".internal"))
                .because("whoever uses the API would otherwise build on what is free to change");
    }

    /** Public itself, and everything around it. */
    private static boolean isOpen(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(PublicApiTest::isOpen).orElse(true);
    }

    private static ArchCondition<JavaClass> showNothingFrom(String internal) {
        return new ArchCondition<>("show nothing from " + internal) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaClass shown : shownBy(type)) {
                    if (shown.getPackageName().startsWith(internal)) {
                        events.add(SimpleConditionEvent.violated(type, type.getName() + " shows " + shown.getName()));
                    }
                }
            }
        };
    }

    private static Set<JavaClass> shownBy(JavaClass type) {
        Stream<JavaType> above = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
        Stream<JavaType> variables = type.getTypeParameters().stream().map(variable -> (JavaType) variable);
        Stream<JavaType> fields = type.getFields().stream()
                .filter(field -> isShown(field.getModifiers()))
                .map(JavaField::getType);
        Stream<JavaType> members = type.getCodeUnits().stream()
                .filter(unit -> isShown(unit.getModifiers()))
                .flatMap(PublicApiTest::types);
        return Stream.of(above, variables, fields, members)
                .flatMap(types -> types)
                .flatMap(shown -> shown.getAllInvolvedRawTypes().stream())
                .map(JavaClass::getBaseComponentType)
                .collect(Collectors.toSet());
    }

    private static Stream<JavaType> types(JavaCodeUnit unit) {
        Stream<JavaType> thrown = unit.getThrowsClause().getTypes().stream().map(type -> (JavaType) type);
        Stream<JavaType> variables = unit.getTypeParameters().stream().map(variable -> (JavaType) variable);
        return Stream.of(unit.getParameterTypes().stream(), Stream.of(unit.getReturnType()), thrown, variables)
                .flatMap(types -> types);
    }

    private static boolean isShown(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    /** They gain parts without breaking a caller. */
    @ParameterizedTest
    @ValueSource(classes = {ChangelogQuery.class, DatabaseOptions.class, S3Options.class, SyncOptions.class})
    void optionsAndQueriesAreMadeByMethods(Class<?> type) {
        assertThat(type.getConstructors()).isEmpty();
    }

    @Test
    void theRootPackageStaysSmall() {
        TreeSet<String> types = ENGINE.stream()
                .filter(type -> type.getPackageName().equals(PublicApi.ROOT))
                .filter(type -> type.isTopLevelClass() && isOpen(type))
                .map(JavaClass::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(types).contains("Database").hasSizeLessThanOrEqualTo(PublicApi.MAX_ROOT_TYPES);
    }

    @Test
    void theCompilerChecksTheCommentsOfTheSamePackages() throws IOException {
        String pom = Files.readString(Path.of(System.getProperty("tidemark.root"), "engine/pom.xml"));
        assertThat(pom)
                .contains("<tidemark.exported>" + String.join(",", PublicApi.PACKAGES) + "</tidemark.exported>")
                .contains("-Xdoclint/package:${tidemark.exported}");
    }
}
