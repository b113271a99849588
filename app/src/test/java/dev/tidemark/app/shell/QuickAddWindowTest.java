package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.fx.FxExecutor;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.fx.ThemeManager;
import dev.tidemark.app.launcher.LaunchRequest;
import dev.tidemark.app.launcher.SingleInstance;
import dev.tidemark.app.model.Item;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.Priority;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.model.TransactionRunner;
import dev.tidemark.app.quickadd.QuickAddViewModel;
import dev.tidemark.app.quickadd.QuickAddWindow;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.TextSize;
import dev.tidemark.app.settings.Theme;
import dev.tidemark.engine.Transaction;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.TransactionException;
import dev.tidemark.proof.Proof;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javafx.scene.input.KeyCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testfx.api.FxToolkit;

/** The window of {@code tidemark quick}, alone and with the main window open. */
class QuickAddWindowTest extends StartedProgram {
    private void quick() throws TimeoutException {
        start(new LaunchRequest.QuickAdd(""));
        screen.await("the window is there", () -> screen.shows("quick-window"));
    }

    private List<Item> items() {
        try (AppContext other = AppContext.of(ProfileFolders.below(profile))) {
            return other.database().list(ItemQueries.items(null, false, false));
        }
    }

    @Proof
    @Test
    void enterAddsTheLineAndEndsTheProgram() throws Exception {
        quick();
        assertThat(startup().window()).as("no main window").isNull();
        screen.type("call mum 2027-01-02 17:00 #family !high /Home please");
        screen.await("all of it was understood", () -> screen.shows("understood-list"));
        assertThat(screen.texts("quick-add-chips")).contains("family", "New list: Home");
        screen.press(KeyCode.ENTER);
        screen.await("the program has ended", () -> exits.get() == 1);
        assertThat(screen.shows("quick-window")).isFalse();
        assertThat(items()).singleElement().satisfies(item -> {
            assertThat(item.title()).isEqualTo("call mum please");
            assertThat(String.valueOf(item.due())).isEqualTo("2027-01-02T17:00");
            assertThat(item.tags()).containsExactly("family");
            assertThat(item.priority()).isEqualTo(Priority.HIGH);
            assertThat(item.list()).isEqualTo("Home");
        });
    }

    @Test
    void shiftEnterAddsAndStaysOpenAndEscapeAddsNothing() throws Exception {
        quick();
        screen.press(KeyCode.ENTER);
        assertThat(screen.shows("quick-window")).as("nothing was typed").isTrue();
        screen.type("One /Home");
        screen.press(KeyCode.SHIFT, KeyCode.ENTER);
        screen.await("it is said", () -> screen.text("quick-window-foot").equals("Added: One"));
        screen.type("Two /home");
        screen.await(
                "the list is known now", () -> screen.texts("quick-add-chips").contains("Home"));
        screen.press(KeyCode.SHIFT, KeyCode.ENTER);
        screen.await("it is said", () -> screen.text("quick-window-foot").equals("Added: Two"));
        screen.type("Three");
        screen.press(KeyCode.ESCAPE);
        screen.await("the program has ended", () -> exits.get() == 1);
        assertThat(items())
                .extracting(Item::title, Item::list)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("One", "Home"),
                        org.assertj.core.groups.Tuple.tuple("Two", "Home"));
    }

    @Proof
    @Test
    void aRunningProgramOpensTheWindowForALaterStartAndUndoesItsLine() throws Exception {
        start(new LaunchRequest.Window());
        screen.await("the main window is there", () -> screen.shows("item-list"));
        assertThat(SingleInstance.acquire(profile, new LaunchRequest.QuickAdd("")))
                .isEmpty();
        screen.await("the small one, too", () -> screen.shows("quick-window"));
        assertThat(SingleInstance.acquire(profile, new LaunchRequest.QuickAdd("")))
                .isEmpty();
        screen.click("quick-add");
        screen.type("Buy milk");
        assertThat(screen.count("quick-window")).isEqualTo(1);
        screen.press(KeyCode.ENTER);
        screen.await("it is in the list", () -> screen.rows().equals(List.of("Buy milk")));
        screen.await("the small one is gone", () -> !screen.shows("quick-window"));
        assertThat(exits).hasValue(0);
        Screen.onScreen(() -> {
            Objects.requireNonNull(startup().window()).model().undo();
            return true;
        });
        screen.await("it is taken back", () -> screen.rows().isEmpty());
    }

    @Proof
    @Test
    void theMainWindowOpensBesideAndNewItemFocusesItsField() throws Exception {
        quick();
        assertThat(SingleInstance.acquire(profile, new LaunchRequest.Window())).isEmpty();
        screen.await("the main window is there", () -> screen.shows("item-list"));
        Screen.onScreen(() -> {
            Objects.requireNonNull(startup().quickAdd()).close();
            return true;
        });
        assertThat(exits).hasValue(0);
        assertThat(SingleInstance.acquire(profile, new LaunchRequest.NewItem())).isEmpty();
        MainWindow window = Objects.requireNonNull(startup().window());
        screen.await(
                "the caret is where one types",
                () -> Screen.onScreen(() -> "quick-add"
                        .equals(String.valueOf(
                                window.stage().getScene().getFocusOwner().getId()))));
    }

    @Proof
    @Test
    void aDamagedLibraryShowsAPageAndTheWindowOpensOnceRepaired() throws Exception {
        try (AppContext composition = AppContext.of(ProfileFolders.below(profile))) {
            composition.database();
        }
        Path database = ProfileFolders.below(profile).database();
        Files.move(database, profile.resolve("sound.db"));
        Files.writeString(database, "This was a database once.");
        start(new LaunchRequest.QuickAdd(""));
        screen.await("the page is there", () -> screen.shows("trouble-again"));
        assertThat(screen.text("trouble-sentence")).contains("not a SQLite database");
        Files.delete(database);
        Files.move(profile.resolve("sound.db"), database);
        screen.click("trouble-again");
        screen.await("the window is there", () -> screen.shows("quick-window"));
        assertThat(screen.shows("item-list")).isFalse();
    }

    @Proof
    @Test
    void typedTextSurvivesAFatalErrorOfTheLibrary() throws Exception {
        start(new LaunchRequest.Window());
        screen.await("the main window is there", () -> screen.shows("item-list"));
        assertThat(SingleInstance.acquire(profile, new LaunchRequest.QuickAdd("")))
                .isEmpty();
        screen.await("the small one, too", () -> screen.shows("quick-window"));
        screen.click("quick-add");
        screen.type("Half a tho");
        Screen.onScreen(() -> {
            Objects.requireNonNull(startup().window())
                    .model()
                    .report(new TransactionException(Problem.TRANSACTION_SCHEMA_NEWER));
            return true;
        });
        screen.await("the page is there", () -> screen.shows("trouble-again"));
        assertThat(screen.shows("quick-window")).isFalse();
        screen.click("trouble-again");
        screen.await("both are back", () -> screen.shows("quick-window") && screen.shows("item-list"));
        assertThat(Screen.onScreen(
                        () -> Objects.requireNonNull(startup().quickAdd()).typed()))
                .isEqualTo("Half a tho");
    }

    /** A disk that takes nothing. */
    private static final TransactionRunner REFUSING = new TransactionRunner() {
        @Override
        public <T extends @Nullable Object> T write(@Nullable VersionVector seen, Function<Transaction, T> work) {
            throw new ProblemException("file.unwritable", "/disk");
        }
    };

    @Test
    void aLineThatCannotBeAddedReturnsWithAMessage() throws Exception {
        try (AppContext composition = AppContext.of(ProfileFolders.below(profile));
                SerialTaskRunner background = SerialTaskRunner.onThread("test", FxExecutor.INSTANCE)) {
            QuickAddWindow window = FxToolkit.setupFixture(() -> {
                QuickAddWindow created = new QuickAddWindow(
                        new QuickAddViewModel(
                                composition.database(),
                                REFUSING,
                                background,
                                () -> ZonedDateTime.now(ZoneId.systemDefault()),
                                failure -> {}),
                        new ThemeManager(),
                        () -> {});
                created.open("");
                return created;
            });
            screen.type("Buy milk tomorrow");
            screen.click("understood-date");
            screen.press(KeyCode.ENTER);
            screen.await("it is said", () -> screen.text("quick-window-foot").contains("/disk"));
            assertThat(Screen.onScreen(window::typed)).isEqualTo("Buy milk tomorrow");
            assertThat(screen.shows("understood-date"))
                    .as("what was refused stays so")
                    .isFalse();
            assertThat(Snapshots.take(window.stage(), 600, 190, "quick_refused_light_600"))
                    .isEmpty();
        }
    }

    @Proof
    @ParameterizedTest
    @CsvSource({"LIGHT,NORMAL,en", "DARK,NORMAL,en", "LIGHT,LARGEST,de", "DARK,LARGEST,de"})
    void itHasItsPicturesInWhichNothingIsCutOrNameless(Theme theme, TextSize size, String language) throws Exception {
        Locale.setDefault(Locale.of(language));
        try (AppContext composition = AppContext.of(ProfileFolders.below(profile))) {
            composition.set(Setting.THEME, theme.name().toLowerCase(Locale.ROOT));
            composition.set(Setting.TEXT_SIZE, size.name().toLowerCase(Locale.ROOT));
        }
        quick();
        QuickAddWindow window = Objects.requireNonNull(startup().quickAdd());
        String name =
                "_" + theme.name().toLowerCase(Locale.ROOT) + "_" + size.name().toLowerCase(Locale.ROOT);
        assertThat(picture(window, "quick-empty" + name)).isEmpty();
        screen.type(
                language.equals("de")
                        ? "Mama anrufen morgen 17 Uhr #familie !hoch /Haus jede Woche"
                        : "call mum tomorrow 5pm #family !high /Home every week");
        screen.await("it is understood", () -> screen.shows("understood-list"));
        assertThat(picture(window, "quick" + name)).isEmpty();
    }

    /** As large as the window is. */
    private static List<String> picture(QuickAddWindow window, String name) throws Exception {
        int width =
                Screen.onScreen(() -> (int) Math.ceil(window.stage().getScene().getWidth()));
        int height =
                Screen.onScreen(() -> (int) Math.ceil(window.stage().getScene().getHeight()));
        return Snapshots.take(window.stage(), width, height, name);
    }
}
