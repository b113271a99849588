package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.errors.UncaughtErrors;
import dev.tidemark.app.fx.ThemeManager;
import dev.tidemark.app.launcher.LaunchRequest;
import dev.tidemark.app.launcher.ProfileOpener;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.Theme;
import dev.tidemark.proof.Proof;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxToolkit;

/** The welcome card of a new library. */
class WelcomeTest {
    @TempDir
    private Path profile;

    private final Screen screen = new Screen();
    private ProfileOpener opening;
    private Startup startup;

    @BeforeEach
    void prepare() throws TimeoutException {
        FxToolkit.registerPrimaryStage();
    }

    @AfterEach
    void close() throws TimeoutException {
        end();
    }

    private void start() throws Exception {
        opening = new ProfileOpener(
                ProfileFolders.below(profile), new PrintWriter(new StringWriter(), true), new LaunchRequest.Window());
        startup = FxToolkit.setupFixture(() -> {
            Startup created = new Startup(
                    opening,
                    new UncaughtErrors(),
                    new ThemeManager(),
                    file -> {},
                    (heading, line, unheard) -> {},
                    () -> {});
            created.begin();
            return created;
        });
        screen.await("the window is there", () -> screen.shows("quick-add"));
    }

    private void end() throws TimeoutException {
        FxToolkit.setupFixture(() -> {
            List.copyOf(Window.getWindows()).forEach(Window::hide);
            startup.close();
            return null;
        });
        opening.close();
    }

    private MainWindow window() {
        return Objects.requireNonNull(startup.window());
    }

    @Proof
    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void theCardOfANewLibraryFits(Theme theme) throws Exception {
        try (AppContext composition = AppContext.of(ProfileFolders.below(profile))) {
            composition.set(Setting.THEME, theme.name().toLowerCase(Locale.ROOT));
        }
        start();
        screen.await("it asks", () -> screen.shows("welcome"));
        String name = "welcome_" + theme.name().toLowerCase(Locale.ROOT) + "_";
        assertThat(Snapshots.take(window().stage(), 1000, 700, name + "1000")).isEmpty();
        assertThat(Snapshots.take(window().stage(), 1600, 1000, name + "1600")).isEmpty();
        screen.press(KeyCode.ESCAPE);
        screen.await("it goes", () -> !screen.shows("welcome"));
        assertThat(screen.rows()).isEmpty();
    }

    @Proof
    @Test
    void connectOpensTheSyncSettings() throws Exception {
        start();
        screen.await("it asks", () -> screen.shows("welcome"));
        screen.click("welcome-connect");
        screen.await("the page about sync is there", () -> screen.shows("settings-page-sync"));
    }

    @Proof
    @Test
    void tabMovesThroughTheAnswersAndOneAddsTheSample() throws Exception {
        start();
        screen.await("it asks", () -> screen.shows("welcome"));
        assertThat(focused()).isEqualTo("welcome-empty");
        for (String next : List.of("welcome-sample", "welcome-import", "welcome-connect", "welcome-empty")) {
            screen.press(KeyCode.TAB);
            assertThat(focused()).isEqualTo(next);
        }
        screen.press(KeyCode.SHIFT, KeyCode.TAB);
        assertThat(focused()).isEqualTo("welcome-connect");
        screen.click("welcome-sample");
        screen.await("the note is there", () -> screen.rows().contains("Start here"));
        assertThat(screen.shows("welcome")).isFalse();
    }

    @Proof
    @Test
    void theCardIsShownOnceAndOnlyWithoutItems() throws Exception {
        start();
        screen.await("it asks", () -> screen.shows("welcome"));
        screen.press(KeyCode.ESCAPE);
        screen.await("it goes", () -> !screen.shows("welcome"));
        assertThat(screen.rows()).isEmpty();
        end();
        start();
        assertThat(asks()).isFalse();
        end();
        Files.delete(ProfileFolders.below(profile).configuration().resolve("window.properties"));
        try (AppContext composition = AppContext.of(ProfileFolders.below(profile))) {
            new Items(composition.database()).add(NewItem.todo("Buy milk"));
        }
        start();
        screen.await("the item is there", () -> screen.rows().size() == 1);
        assertThat(asks()).isFalse();
    }

    /** Whether it asks, once all that was asked in the background before has been answered. */
    private boolean asks() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        FxToolkit.setupFixture(() -> {
            window().model().find("nothing like it", found -> answered.countDown());
            return null;
        });
        assertThat(answered.await(30, TimeUnit.SECONDS)).isTrue();
        return screen.shows("welcome");
    }

    private String focused() {
        return Screen.onScreen(() -> window().stage().getScene().getFocusOwner().getId());
    }
}
