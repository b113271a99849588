package dev.tidemark.app.shell;

import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.errors.ErrorReport;
import dev.tidemark.app.errors.UncaughtErrors;
import dev.tidemark.app.fx.ThemeManager;
import dev.tidemark.app.launcher.LaunchRequest;
import dev.tidemark.app.launcher.ProfileOpener;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.proof.Proof;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;

/** Rare states are as accessible as the usual ones: welcome card, conflicts, passphrase, errors. */
@Proof
class AccessibleRareStatesTest {
    @TempDir
    private Path place;

    @Test
    void theFirstQuestion() throws Exception {
        try (OpenWindow open = OpenWindow.on(place.resolve("profile"))) {
            FxToolkit.setupFixture(() -> {
                open.window().welcomeIfNew();
                return true;
            });
            AccessibilityChecker walk = new AccessibilityChecker(open.screen());
            walk.look("welcome", "welcome-connect");
            walk.tabWithin("welcome", "welcome");
            walk.assertNothingIsMissing();
        }
    }

    @Test
    void thePageOfConflicts() throws Exception {
        try (OpenWindow open = OpenWindow.on(place.resolve("laptop"));
                AppContext phone = ConflictFixture.phone(place)) {
            ConflictFixture.on(open.composition(), phone, place);
            Screen screen = open.screen();
            AccessibilityChecker walk = new AccessibilityChecker(screen);
            screen.await("the sidebar counts them", () -> screen.shows("view-conflicts"));
            screen.click("view-conflicts");
            walk.look("conflicts", "conflict-use");
            screen.clickFirst("conflict-merge");
            walk.look("both in one", "conflict-merged");
            walk.tab("conflicts", open.window().stage());
            screen.clickFirst("conflict-open");
            walk.look("conflict of an item", "conflict-use");
            walk.assertNothingIsMissing();
        }
    }

    @Test
    void whatAsksForThePassphraseAndWhatSyncSays() throws Exception {
        try (OpenWindow open = OpenWindow.on(place.resolve("profile"))) {
            open.composition().set(Setting.SYNC_ENCRYPTION, "age");
            open.composition()
                    .set(
                            Setting.SYNC_FOLDER,
                            Files.createDirectories(place.resolve("shared")).toString());
            Screen screen = open.screen();
            AccessibilityChecker walk = new AccessibilityChecker(screen);
            screen.await("it is needed", () -> open.window().sync().asksForPassphrase());
            screen.click("sync-state");
            walk.look("sync", "sync-panel-passphrase");
            walk.tabWithin("sync", "sync-panel");
            screen.click("sync-panel-passphrase");
            walk.look("passphrase", "unlock-secret");
            screen.click("unlock-secret");
            screen.type("tide mark under sand");
            screen.click("unlock-submit");
            walk.look("once more", "unlock-again");
            screen.click("unlock-again");
            screen.type("tide");
            screen.click("unlock-submit");
            walk.look("passphrases differ", "unlock-outcome");
            walk.tab(
                    "passphrase",
                    Objects.requireNonNull(open.window().others().openedUnlock())
                            .stage());
            walk.assertNothingIsMissing();
        }
    }

    @Test
    void anUnexpectedError() throws Exception {
        try (OpenWindow open = OpenWindow.on(place.resolve("profile"))) {
            FxToolkit.setupFixture(() -> {
                open.window().show(ErrorReport.of(new IllegalStateException("planted")));
                return true;
            });
            AccessibilityChecker walk = new AccessibilityChecker(open.screen());
            walk.look("notice", "error-notice");
            walk.tab("notice", open.window().stage());
            walk.assertNothingIsMissing();
        }
    }

    @Test
    void aLibraryThatCannotBeOpened() throws Exception {
        Path profile = place.resolve("profile");
        Files.createDirectories(ProfileFolders.below(profile).database().getParent());
        Files.writeString(ProfileFolders.below(profile).database(), "This was a database once.");
        FxToolkit.registerPrimaryStage();
        Screen screen = new Screen();
        try (ProfileOpener opening = new ProfileOpener(
                ProfileFolders.below(profile), new PrintWriter(new StringWriter(), true), new LaunchRequest.Window())) {
            Startup startup = FxToolkit.setupFixture(() -> {
                Startup created = new Startup(
                        opening,
                        new UncaughtErrors(),
                        new ThemeManager(),
                        address -> {},
                        (heading, line, unheard) -> {},
                        () -> {});
                created.begin();
                return created;
            });
            AccessibilityChecker walk = new AccessibilityChecker(screen);
            walk.look("trouble", "trouble-code");
            walk.tab("trouble", Objects.requireNonNull(startup.errorWindow()).stage());
            screen.press(KeyCode.ESCAPE);
            FxToolkit.setupFixture(() -> {
                List.copyOf(Window.getWindows()).forEach(Window::hide);
                startup.close();
                return true;
            });
            walk.assertNothingIsMissing();
        }
    }
}
