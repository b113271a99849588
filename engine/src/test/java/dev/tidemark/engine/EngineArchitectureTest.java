package dev.tidemark.engine;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceRule;
import org.junit.jupiter.api.Test;

class EngineArchitectureTest {
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

    /** The static factory of a public interface may name the class that implements it (decision 69). */
    @Test
    void packagesAreFreeOfCycles() {
        SliceRule rule = slices().matching("dev.tidemark.(**)").should().beFreeOfCycles();
        for (JavaClass type : EngineClasses.MAIN) {
            if (type.isInterface() && PublicApi.PACKAGES.contains(type.getPackageName())) {
                rule = rule.ignoreDependency(name(type.getName()), assignableTo(type.getName()));
            }
        }
        rule.because("a change of a package should reach only those above it").check(EngineClasses.MAIN);
    }
}
