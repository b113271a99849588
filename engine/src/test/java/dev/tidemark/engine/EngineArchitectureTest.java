package dev.tidemark.engine;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceRule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineArchitectureTest {
    /**
     * The dependencies that close cycles, each of a package on others. The entry points of two public packages create internal
     * classes, which implement their interfaces.
     */
    private static final Map<String, List<String>> CYCLES_LEFT =
            Map.of("", List.of("internal.store"), "sync", List.of("internal.sync"));

    @Test
    void knowsNothingOfJavaFx() {
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage("dev.tidemark.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javafx..", "com.sun.javafx..")
                .because("other applications embed the engine without JavaFX");
        rule.allowEmptyShould(true).check(EngineClasses.MAIN);
    }

    @Test
    void knowsNothingOfTheApplication() {
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage("dev.tidemark.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.tidemark.app..")
                .because("the application is built on the engine, never the other way round");
        rule.allowEmptyShould(true).check(EngineClasses.MAIN);
    }

    @Test
    void keepsItsInternalsToItself() {
        ArchRule rule = classes()
                .that()
                .resideInAPackage("dev.tidemark.engine.internal..")
                .should()
                .onlyHaveDependentClassesThat()
                .resideInAPackage("dev.tidemark.engine..")
                .because("without module-info, the package name is what keeps the internals free to change");
        rule.allowEmptyShould(true).check(EngineClasses.MAIN);
    }

    @Test
    void packagesAreFreeOfCyclesButForTheNamedOnes() {
        SliceRule rule = slices().matching("dev.tidemark.(**)").should().beFreeOfCycles();
        for (Map.Entry<String, List<String>> left : CYCLES_LEFT.entrySet()) {
            for (String target : left.getValue()) {
                rule = rule.ignoreDependency(
                        resideInAPackage(packageOf(left.getKey())), resideInAPackage(packageOf(target)));
            }
        }
        rule.because("a change of a package should reach only those above it").check(EngineClasses.MAIN);
    }

    @Test
    void everyNamedCycleIsStillThere() {
        CYCLES_LEFT.forEach((from, targets) -> targets.forEach(target -> assertThat(EngineClasses.MAIN.stream()
                        .filter(type -> type.getPackageName().equals(packageOf(from)))
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .map(dependency -> dependency.getTargetClass().getPackageName()))
                .as("dependencies of %s", packageOf(from))
                .contains(packageOf(target))));
    }

    private static String packageOf(String name) {
        return name.isEmpty() ? "dev.tidemark.engine" : "dev.tidemark.engine." + name;
    }
}
