package dev.tidemark.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EngineArchitectureTest {
    private static JavaClasses engine;

    @BeforeAll
    static void readClasses() {
        engine = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.tidemark");
    }

    @Test
    void knowsNothingOfJavaFx() {
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage("dev.tidemark.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javafx..", "com.sun.javafx..")
                .because("other applications embed the engine without JavaFX");
        rule.allowEmptyShould(true).check(engine);
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
        rule.allowEmptyShould(true).check(engine);
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
        rule.allowEmptyShould(true).check(engine);
    }
}
