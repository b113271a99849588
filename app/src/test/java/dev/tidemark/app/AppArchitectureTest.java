package dev.tidemark.app;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AppArchitectureTest {
    private static JavaClasses app;

    @BeforeAll
    static void readClasses() {
        app = new ClassFileImporter()
                .withImportOption(location -> !location.contains("/test-classes/"))
                .importPackages("dev.tidemark.app");
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("dev.tidemark.app.(*)..")
                .should()
                .beFreeOfCycles()
                .because("a developer changes one package after reading only those below it")
                .check(app);
    }

    @Test
    void usesOnlyThePublicApiOfTheEngine() {
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage("dev.tidemark.app..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.tidemark.engine.internal..")
                .because("if the application needs it, so does everyone who embeds the engine: make it public there");
        rule.allowEmptyShould(true).check(app);
    }

    @Test
    void hopsThreadsInOnePlace() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackage("dev.tidemark.app.fx..")
                .should()
                .accessTargetWhere(
                        target(owner(name("javafx.application.Platform"))).and(target(name("runLater"))))
                .because("view models take an executor, which tests replace by one that runs on the same thread");
        rule.allowEmptyShould(true).check(app);
    }

    @Test
    void viewModelsNeverSeeAControl() {
        ArchRule rule = noClasses()
                .that()
                .haveSimpleNameEndingWith("ViewModel")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javafx.scene..", "javafx.stage..")
                .because("a view model is tested without a window; only views lay out and bind");
        rule.allowEmptyShould(true).check(app);
    }

    @Test
    void modelAndCommandsNeedNoScene() {
        ArchRule rule = noClasses()
                .that()
                .resideInAnyPackage("dev.tidemark.app.model..", "dev.tidemark.app.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javafx.scene..", "javafx.stage..")
                .because("commands answer in about a second and on machines without a display");
        rule.allowEmptyShould(true).check(app);
    }
}
