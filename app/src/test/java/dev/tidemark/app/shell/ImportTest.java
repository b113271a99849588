package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.launcher.LaunchRequest;
import dev.tidemark.app.launcher.SingleInstance;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.TextSize;
import dev.tidemark.app.settings.Theme;
import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A start of the program with an exported file, as by a double click, opens the file. */
class ImportTest extends StartedProgram {
    private static final String TWO = """
        {"id":"0198a000-0000-7000-8000-000000000001","title":"Plant the tulips","list":"Garden"}
        {"id":"0198a000-0000-7000-8000-000000000002","title":"What grows where","kind":"note"}
        """;

    private void startAndAwait(LaunchRequest wish) throws TimeoutException {
        start(wish);
        screen.await("the window is there", () -> screen.shows("item-list"));
    }

    private MainWindow window() {
        return Objects.requireNonNull(startup().window());
    }

    private Path file(String text) throws IOException {
        return Files.writeString(profile.resolve("From Ann.tidemark"), text);
    }

    private void open(Path file) {
        assertThat(SingleInstance.acquire(profile, new LaunchRequest.Import(file)))
                .isEmpty();
        screen.await("the card is there", () -> screen.shows("import"));
    }

    private void showAll() {
        screen.press(KeyCode.CONTROL, KeyCode.DIGIT4);
    }

    @Test
    void aRunningProgramDescribesTheFileImportsItAndRefusesABadOne() throws Exception {
        startAndAwait(new LaunchRequest.Window());
        open(file(TWO));
        assertThat(screen.text("import-title")).contains("From Ann.tidemark");
        assertThat(screen.texts("import-effects"))
                .contains(
                        "1 todo and 1 note",
                        "• Plant the tulips",
                        "• What grows where",
                        "2 new items will be added.",
                        "New lists: Garden");
        assertThat(screen.rows()).as("nothing yet").isEmpty();
        screen.press(KeyCode.ENTER);
        screen.await("it is said", () -> screen.shows("toast-undo"));
        showAll();
        screen.await("both are there", () -> screen.rows().size() == 2);
        screen.click("toast-undo");
        screen.await("both are gone", () -> screen.rows().isEmpty());
        screen.await("the list, too", () -> window().model().sidebar().lists().isEmpty());
        open(file(TWO + "{\"titel\":\"Three\"}\n"));
        assertThat(screen.text("import-problem")).contains("3", "titel");
        assertThat(screen.shows("import-take")).isFalse();
        screen.click("import-cancel");
        assertThat(screen.shows("import")).isFalse();
    }

    @Proof
    @Test
    void aNewProgramShowsTheFileInsteadOfTheWelcomeCard() throws Exception {
        startAndAwait(new LaunchRequest.Import(file(TWO)));
        screen.await("the card is there", () -> screen.shows("import-take"));
        assertThat(screen.shows("welcome")).isFalse();
        screen.press(KeyCode.ESCAPE);
        screen.await("it is gone", () -> !screen.shows("import"));
        showAll();
        assertThat(screen.rows()).isEmpty();
    }

    @Proof
    @ParameterizedTest
    @CsvSource({"LIGHT,NORMAL,en", "DARK,NORMAL,en", "DARK,LARGEST,de"})
    void itHasItsPictures(Theme theme, TextSize size, String language) throws Exception {
        Locale.setDefault(Locale.of(language));
        try (AppContext composition = AppContext.of(ProfileFolders.below(profile))) {
            composition.set(Setting.THEME, theme.name().toLowerCase(Locale.ROOT));
            composition.set(Setting.TEXT_SIZE, size.name().toLowerCase(Locale.ROOT));
        }
        StringBuilder more = new StringBuilder(TWO);
        for (int number = 1; number <= 9; number++) {
            more.append("{\"title\":\"Letter ")
                    .append(number)
                    .append(" to whom it may concern\",\"list\":\"Letters\"}\n");
        }
        startAndAwait(new LaunchRequest.Import(file(more.toString())));
        screen.await("the card is there", () -> screen.shows("import-take"));
        String name = "import_" + theme.name().toLowerCase(Locale.ROOT) + "_";
        String end = size == TextSize.NORMAL ? "" : "_largest";
        assertThat(Snapshots.take(window().stage(), 1000, 700, name + "1000" + end))
                .isEmpty();
        assertThat(Snapshots.take(window().stage(), 1600, 1000, name + "1600" + end))
                .isEmpty();
        screen.press(KeyCode.ESCAPE);
        open(file("{\"titel\":\"Three\"}\n"));
        assertThat(Snapshots.take(window().stage(), 1000, 700, name.replace("import", "import-bad") + "1000" + end))
                .isEmpty();
    }
}
