package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.Theme;
import dev.tidemark.app.updates.ReleaseInfoServer;
import dev.tidemark.proof.Proof;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Newer versions, in the real window. */
class UpdatesTest {
    @TempDir
    private Path profile;

    @BeforeEach
    void speakEnglish() {
        Locale.setDefault(Locale.ENGLISH);
    }

    @Proof
    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void aNewerVersionShowsALineWithALink(Theme theme) throws Exception {
        try (ReleaseInfoServer server = new ReleaseInfoServer();
                OpenWindow open = OpenWindow.on(profile, theme)) {
            server.announce("2.0");
            Screen screen = open.screen();
            assertThat(screen.shows("update-line")).isFalse();
            screen.click("open-settings");
            screen.click("settings-about");
            assertThat(screen.text("updates-standing")).isEqualTo("Tidemark does not check for updates.");
            screen.retype("updates-address", server.address() + "\n");
            screen.click("updates-check-daily");
            screen.await("it is on", () -> screen.shows("updates-look"));
            screen.click("updates-look");
            screen.await("it is said", () -> screen.text("updates-standing").startsWith("Version 2.0 is available."));
            String name = "_" + theme.name().toLowerCase(Locale.ROOT) + "_";
            assertThat(Snapshots.take(
                            Objects.requireNonNull(open.window().others().openedSettings())
                                    .stage(),
                            1000,
                            700,
                            "settings-updates" + name + "1000"))
                    .isEmpty();
            screen.click("updates-page");
            screen.await("it was opened", () -> !open.opened().isEmpty());
            assertThat(open.opened()).containsExactly(URI.create("https://example.org/tidemark"));
            Screen.onScreen(() -> {
                Objects.requireNonNull(open.window().others().openedSettings()).close();
                return true;
            });
            assertThat(screen.text("update-line")).isEqualTo("Version 2.0 is available");
            assertThat(Snapshots.take(open.window().stage(), 1000, 700, "update-line" + name + "1000"))
                    .isEmpty();
            assertThat(Snapshots.take(open.window().stage(), 540, 700, "update-line" + name + "540"))
                    .isEmpty();
            screen.click("update-line");
            screen.await("the page about the program is there", () -> screen.shows("updates-standing"));
            open.composition().set(Setting.UPDATES_CHECK, "off");
            screen.await("the line is gone", () -> !screen.shows("update-line"));
        }
    }
}
