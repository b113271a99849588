package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.errors.ErrorReport;
import dev.tidemark.app.errors.ErrorWindow;
import dev.tidemark.app.errors.UncaughtErrors;
import dev.tidemark.app.fx.ThemeManager;
import dev.tidemark.app.launcher.LaunchRequest;
import dev.tidemark.app.launcher.ProfileOpener;
import dev.tidemark.app.launcher.SingleInstance;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.Theme;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.TransactionException;
import dev.tidemark.log.ExpectLog;
import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxToolkit;

/** Libraries that cannot be opened, or fail later: an error page with a next step replaces the window. */
class StartupTest {
    @TempDir
    private Path profile;

    private final Screen screen = new Screen();
    private final StringWriter said = new StringWriter();
    private final UncaughtErrors uncaught = new UncaughtErrors();
    private final List<Path> opened = new CopyOnWriteArrayList<>();
    private final AtomicInteger exits = new AtomicInteger();
    private ProfileOpener opening;
    private Startup startup;

    @BeforeEach
    void prepare() throws TimeoutException {
        FxToolkit.registerPrimaryStage();
        try (AppContext composition = AppContext.of(ProfileFolders.below(profile))) {
            new Items(composition.database()).add(NewItem.todo("Buy milk"));
        }
    }

    @AfterEach
    void close() throws TimeoutException {
        FxToolkit.setupFixture(() -> {
            List.copyOf(Window.getWindows()).forEach(Window::hide);
            startup.close();
            return null;
        });
        opening.close();
    }

    private void start(Theme theme) throws TimeoutException {
        opening = new ProfileOpener(
                ProfileFolders.below(profile), new PrintWriter(said, true), new LaunchRequest.Window());
        startup = FxToolkit.setupFixture(() -> {
            ThemeManager look = new ThemeManager();
            look.setTheme(theme);
            Startup created = new Startup(
                    opening,
                    uncaught,
                    look,
                    address -> opened.add(Path.of(address)),
                    (heading, line, unheard) -> {},
                    exits::incrementAndGet);
            created.begin();
            return created;
        });
    }

    private void startWithSetting(Theme theme) throws TimeoutException {
        try (AppContext context = AppContext.of(ProfileFolders.below(profile))) {
            context.set(Setting.THEME, name(theme));
        }
        start(theme);
    }

    private Path database() {
        return ProfileFolders.below(profile).database();
    }

    private void damage() throws IOException {
        Files.move(database(), profile.resolve("sound.db"));
        Files.writeString(database(), "This was a database once.");
    }

    private void mend() throws IOException {
        Files.delete(database());
        Files.move(profile.resolve("sound.db"), database());
    }

    private void refuse(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Proof
    @Test
    void anUnsavedTextOfAClosedWindowIsRetainedAndReported() throws Exception {
        start(Theme.LIGHT);
        screen.await("the window is there", () -> screen.rows().equals(List.of("Buy milk")));
        screen.select("Buy milk");
        screen.await("it is open", () -> screen.text("detail-title").equals("Buy milk"));
        refuse("CREATE TRIGGER refuse BEFORE UPDATE ON item BEGIN SELECT RAISE(ABORT, 'refused'); END");
        screen.click("detail-title");
        screen.press(KeyCode.END);
        screen.type(" and oats");
        screen.press(KeyCode.CONTROL, KeyCode.Q);
        screen.await("it is said", () -> screen.shows("trouble-sentence"));
        assertThat(screen.text("trouble-sentence")).contains("could not be saved", "unsaved.txt");
        assertThat(screen.shows("trouble-advice")).isFalse();
        assertThat(Files.readString(profile.resolve("unsaved.txt"))).endsWith("title\nBuy milk and oats\n");
        assertThat(exits).hasValue(0);

        refuse("DROP TRIGGER refuse");
        screen.click("trouble-again");
        screen.await("the window is there again", () -> screen.rows().equals(List.of("Buy milk")));
        screen.await("it says so again", () -> screen.shows("standing-sentence"));
        assertThat(screen.text("standing-sentence")).contains("unsaved.txt");
        assertThat(screen.shows("error-copy")).isFalse();
        Screen.onScreen(() -> {
            Objects.requireNonNull(startup.window()).show(ErrorReport.of(new IllegalStateException("unexpected")));
            return true;
        });
        assertThat(screen.shows("error-copy")).isTrue();
        assertThat(screen.shows("standing-sentence"))
                .as("beside what else is said")
                .isTrue();
        screen.click("error-close");
        assertThat(screen.shows("error-notice")).isFalse();
    }

    @Test
    void aDamagedDatabaseShowsAPageAndOpensOnceRepaired() throws Exception {
        damage();
        start(Theme.LIGHT);
        screen.await("the page is there", () -> screen.shows("trouble-again"));
        assertThat(screen.text("trouble-title")).isEqualTo("Tidemark cannot open your library");
        assertThat(screen.text("trouble-sentence")).contains("tidemark.db", "not a SQLite database");
        assertThat(screen.text("trouble-advice")).startsWith("Do not delete anything.");
        assertThat(screen.text("trouble-code")).isEqualTo("Code: database.not-opened/file.not-sqlite");
        assertThat(screen.shows("quick-add")).isFalse();
        assertThat(said.toString().lines()).hasSize(1).first().asString().contains("not a SQLite database");

        screen.click("trouble-copy");
        screen.await("it was copied", () -> screen.text("trouble-copy").equals("Copied"));
        assertThat(Screen.onScreen(() -> Clipboard.getSystemClipboard().getString()))
                .contains("Program: Tidemark", ", not open");
        screen.click("trouble-log");
        screen.await("the folder was opened", () -> !opened.isEmpty());
        assertThat(opened).containsExactly(profile.resolve("logs"));

        screen.click("trouble-again");
        screen.await("it was tried again", () -> said.toString().lines().count() == 2);
        mend();
        screen.click("trouble-again");
        screen.await("the window is there", () -> screen.rows().equals(List.of("Buy milk")));
        assertThat(screen.shows("trouble-again")).isFalse();
    }

    @Test
    void aFatalErrorClosesTheLibraryWhichOpensAgain() throws Exception {
        start(Theme.LIGHT);
        screen.await("the window is there", () -> screen.shows("quick-add"));
        screen.click("quick-add");
        screen.type("Mow the lawn\n");
        screen.await("it is added", () -> screen.rows().size() == 2);
        Screen.onScreen(() -> {
            Objects.requireNonNull(startup.window())
                    .model()
                    .report(new TransactionException(Problem.TRANSACTION_SCHEMA_NEWER));
            return true;
        });
        screen.await("the page is there", () -> screen.shows("trouble-code"));
        assertThat(screen.text("trouble-title")).isEqualTo("Tidemark had to close your library");
        assertThat(screen.text("trouble-code")).isEqualTo("Code: transaction.schema-newer");
        assertThat(screen.shows("quick-add")).isFalse();
        screen.click("trouble-again");
        screen.await("the window is there again", () -> screen.rows().size() == 2);
    }

    @Proof
    @Test
    void badSettingsShowAPage() throws Exception {
        Path settings = ProfileFolders.below(profile).settings();
        Files.writeString(settings, "theme=pink\n");
        start(Theme.LIGHT);
        screen.await("the page is there", () -> screen.shows("trouble-code"));
        assertThat(screen.text("trouble-code")).isEqualTo("Code: settings.bad");
        Files.delete(settings);
        screen.click("trouble-again");
        screen.await("the window is there", () -> screen.shows("quick-add"));
    }

    @Proof
    @Test
    void theAboutPageCopiesTheDiagnostics() throws Exception {
        start(Theme.DARK);
        screen.await("the window is there", () -> screen.shows("quick-add"));
        screen.click("open-settings");
        screen.click("settings-about");
        screen.click("about-copy");
        screen.await("it was copied", () -> screen.text("about-copy").equals("Copied"));
        assertThat(Screen.onScreen(() -> Clipboard.getSystemClipboard().getString()))
                .contains("item 1, list 0", "Sync: off, off, waiting ");
        screen.click("about-log");
        screen.await("the folder was opened", () -> opened.contains(profile.resolve("logs")));
    }

    @Proof
    @Test
    void theAboutPageOfAnInstalledProgramOpensTheLicences() throws Exception {
        Path list = profile.resolve("LICENCES.txt");
        System.setProperty("tidemark.licences", list.toString());
        try {
            start(Theme.LIGHT);
            screen.await("the window is there", () -> screen.shows("quick-add"));
            screen.click("open-settings");
            screen.click("settings-about");
            screen.click("about-licences");
            screen.await("the list was opened", () -> opened.contains(list));
        } finally {
            System.clearProperty("tidemark.licences");
        }
    }

    @Proof
    @Test
    void aHiddenWindowSavesAndComesBackUntilQuitEndsTheProgram() throws Exception {
        try (AppContext composition = AppContext.of(ProfileFolders.below(profile))) {
            composition.set(Setting.WINDOW_CLOSE, "background");
        }
        start(Theme.LIGHT);
        screen.await("the window is there", () -> screen.shows("quick-add"));
        screen.select("Buy milk");
        screen.await("it is open", () -> screen.shows("detail-title"));
        screen.retype("detail-title", "Buy oat milk");
        MainWindow window = Objects.requireNonNull(startup.window());
        FxToolkit.setupFixture(() -> {
            window.stage().hide();
            return true;
        });
        assertThat(exits).hasValue(0);
        try (AppContext other = AppContext.of(ProfileFolders.below(profile))) {
            screen.await(
                    "what was typed is saved",
                    () -> other.database().list(ItemQueries.rows(new ItemSource.Inbox(), true)).stream()
                            .anyMatch(row -> row.title().equals("Buy oat milk")));
            new Items(other.database()).add(NewItem.todo("From a command"));
        }
        assertThat(SingleInstance.acquire(profile, new LaunchRequest.Window()))
                .as("asks the first to come forward")
                .isEmpty();
        screen.await("the window is back, and up to date", () -> screen.rows().contains("From a command"));
        screen.press(KeyCode.CONTROL, KeyCode.Q);
        screen.await("it has ended", () -> exits.get() == 1);
        assertThat(window.isClosed()).isTrue();
    }

    @ExpectLog("Uncaught exception on the thread")
    @Test
    void anUncaughtErrorIsShownOnceInTheWindow() throws Exception {
        start(Theme.LIGHT);
        screen.await("the window is there", () -> screen.shows("quick-add"));
        for (int time = 0; time < 50; time++) {
            uncaught.uncaughtException(Thread.currentThread(), new IllegalStateException("storm"));
        }
        screen.await("it is said", () -> screen.shows("error-notice"));
        assertThat(screen.text("error-code")).matches("Code: E-[0-9A-F]{6}");
        screen.click("error-close");
        assertThat(screen.shows("error-notice")).isFalse();
        assertThat(screen.rows()).containsExactly("Buy milk");
        try (AppContext other = AppContext.of(ProfileFolders.below(profile))) {
            assertThat(other.database().list(ItemQueries.rows(new ItemSource.Inbox(), true)))
                    .hasSize(1);
        }
    }

    @Proof
    @ExpectLog("Uncaught exception on the thread")
    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void theNoticeOfAnUncaughtErrorFits(Theme theme) throws Exception {
        startWithSetting(theme);
        screen.await("the window is there", () -> screen.shows("quick-add"));
        uncaught.uncaughtException(Thread.currentThread(), new IllegalStateException("storm"));
        screen.await("it is said", () -> screen.shows("error-notice"));
        assertThat(Snapshots.take(
                        Objects.requireNonNull(startup.window()).stage(),
                        1000,
                        700,
                        "unexpected_" + name(theme) + "_1000"))
                .isEmpty();
    }

    @Proof
    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void theErrorPageAndTheSavingPageFit(Theme theme) throws Exception {
        damage();
        start(theme);
        screen.await("the page is there", () -> screen.shows("trouble-code"));
        ErrorWindow window = Objects.requireNonNull(startup.errorWindow());
        assertThat(Snapshots.take(window.stage(), 640, 400, "trouble_" + name(theme) + "_640"))
                .isEmpty();
        FxToolkit.setupFixture(() -> {
            window.showSaving();
            return true;
        });
        assertThat(screen.text("trouble-sentence")).contains("stays in the file unsaved.txt");
        assertThat(Snapshots.take(window.stage(), 640, 400, "trouble-saving_" + name(theme) + "_640"))
                .isEmpty();
    }

    @Proof
    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void theNoticeOfUnsavedTextsFits(Theme theme) throws Exception {
        Files.writeString(profile.resolve("unsaved.txt"), "title\nBuy milk and oats\n");
        startWithSetting(theme);
        screen.await("the notice is there", () -> screen.shows("standing-sentence"));
        for (int[] size : new int[][] {{1000, 700}, {1600, 1000}}) {
            assertThat(Snapshots.take(
                            Objects.requireNonNull(startup.window()).stage(),
                            size[0],
                            size[1],
                            "unsaved_" + name(theme) + "_" + size[0]))
                    .isEmpty();
        }
    }

    private static String name(Theme theme) {
        return theme.name().toLowerCase(Locale.ROOT);
    }
}
