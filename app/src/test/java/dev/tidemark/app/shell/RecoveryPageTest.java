package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.backup.Backups;
import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.errors.UncaughtErrors;
import dev.tidemark.app.fx.ThemeManager;
import dev.tidemark.app.launcher.LaunchRequest;
import dev.tidemark.app.launcher.ProfileOpener;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.app.settings.Theme;
import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testfx.api.FxToolkit;

/** The page of a damaged library offers a rebuild and the backup, and opens the library afterwards. */
@ExtendWith(KeptLanguage.class)
class RecoveryPageTest {
    @TempDir
    private Path profile;

    private final Screen screen = new Screen();
    private ProfileOpener opening;
    private Startup startup;
    private long historyPage;

    @BeforeEach
    void makeALibraryWithABackup() throws TimeoutException, SQLException {
        FxToolkit.registerPrimaryStage();
        try (AppContext context = AppContext.of(folders())) {
            Items items = new Items(context.database());
            items.add(NewItem.todo("In the backup"));
            new Backups(folders(), context.clock()).create(context.database());
            items.add(NewItem.todo("Since the backup"));
        }
        try (Connection file =
                        DriverManager.getConnection("jdbc:sqlite:" + folders().database());
                Statement statement = file.createStatement();
                ResultSet root = statement.executeQuery("SELECT rootpage FROM sqlite_schema WHERE name = 'tm_log'")) {
            historyPage = root.getLong(1);
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

    private ProfileFolders folders() {
        return ProfileFolders.below(profile);
    }

    private void start(Theme theme) throws TimeoutException {
        opening = new ProfileOpener(folders(), new PrintWriter(new StringWriter(), true), new LaunchRequest.Window());
        startup = FxToolkit.setupFixture(() -> {
            ThemeManager look = new ThemeManager();
            look.setTheme(theme);
            Startup created = new Startup(
                    opening, new UncaughtErrors(), look, address -> {}, (heading, line, unheard) -> {}, () -> {});
            created.begin();
            return created;
        });
    }

    /** Every page but that of the history begins with zeros, the first one included on request. */
    private void damage(boolean withFirstPage) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(folders().database().toFile(), "rw")) {
            for (long page = withFirstPage ? 1 : 2; page <= file.length() / 4096; page++) {
                if (page != historyPage) {
                    file.seek((page - 1) * 4096);
                    file.write(new byte[8]);
                }
            }
        }
    }

    @Test
    void aRebuildBringsBackTheBackupAndTheLaterChanges() throws Exception {
        damage(true);
        start(Theme.LIGHT);
        screen.await("the remedies are there", () -> screen.shows("recovery-rebuild"));
        assertThat(screen.text("trouble-title")).isEqualTo("Tidemark cannot open your library");
        assertThat(screen.text("recovery-rebuild-text")).contains("adds one later change");
        assertThat(screen.text("recovery-restore-text")).contains("it lacks at least one later change");
        assertThat(screen.shows("trouble-advice")).isFalse();

        screen.click("recovery-rebuild");
        screen.await("it is done", () -> screen.text("trouble-again").equals("Open the library"));
        assertThat(screen.text("recovery-progress")).contains("The library was rebuilt", "is kept as");
        screen.click("trouble-again");
        screen.await("both are back", () -> screen.rows().size() == 2);
        assertThat(screen.rows()).contains("In the backup", "Since the backup");
    }

    @Test
    void theBackupAloneIsRestoredOnRequest() throws Exception {
        damage(true);
        start(Theme.LIGHT);
        screen.await("the remedies are there", () -> screen.shows("recovery-restore"));
        screen.click("recovery-restore");
        screen.await("it is done", () -> screen.text("trouble-again").equals("Open the library"));
        screen.click("trouble-again");
        screen.await("the backup is there", () -> screen.rows().equals(List.of("In the backup")));
    }

    @Test
    void damageFoundWhileTheWindowIsOpenLeadsToThePageAndKeepsTheTypedText() throws Exception {
        start(Theme.LIGHT);
        screen.await("the window is there", () -> screen.rows().size() == 2);
        screen.select("In the backup");
        screen.await("it is open", () -> screen.text("detail-title").equals("In the backup"));
        damage(false);
        screen.retype("detail-title", "Typed into a damaged library");
        screen.await("the remedies are there", () -> screen.shows("recovery-rebuild"));
        assertThat(screen.text("trouble-title")).isEqualTo("Tidemark had to close your library");
        assertThat(screen.shows("quick-add")).isFalse();
        assertThat(Files.readString(profile.resolve("unsaved.txt"))).contains("Typed into a damaged library");

        screen.click("recovery-rebuild");
        screen.await("it is done", () -> screen.text("trouble-again").equals("Open the library"));
        screen.click("trouble-again");
        screen.await("both are back", () -> screen.rows().size() == 2);
        screen.await("the text is named", () -> screen.shows("standing-sentence"));
    }

    @Proof
    @ParameterizedTest
    @CsvSource({"LIGHT, en", "DARK, en", "LIGHT, de"})
    void thePageFits(Theme theme, Locale language) throws Exception {
        Locale.setDefault(language);
        damage(true);
        start(theme);
        screen.await("the remedies are there", () -> screen.shows("recovery-rebuild"));
        for (int[] size : new int[][] {{640, 500}, {1000, 700}}) {
            assertThat(Snapshots.take(
                            Objects.requireNonNull(startup.errorWindow()).stage(),
                            size[0],
                            size[1],
                            "recovery_" + theme.name().toLowerCase(Locale.ROOT) + "_" + size[0]))
                    .isEmpty();
        }
    }
}
