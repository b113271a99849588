package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.launcher.LaunchRequest;
import dev.tidemark.app.launcher.SingleInstance;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.engine.Database;
import dev.tidemark.proof.Proof;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The user closes the window while another program writes to the library. */
@Proof
class SavingAfterCloseTest extends StartedProgram {
    private Connection other;

    @BeforeEach
    void open() throws Exception {
        ProfileFolders folders = ProfileFolders.below(profile);
        folders.create();
        try (Database database = Database.open(folders.database(), LibrarySchema.SCHEMA)) {
            new Items(database).add(NewItem.todo("Buy milk"));
        }
        start(new LaunchRequest.Window());
        screen.await("the window is there", () -> screen.rows().equals(List.of("Buy milk")));
        other = DriverManager.getConnection("jdbc:sqlite:" + folders.database());
    }

    @AfterEach
    void release() throws SQLException {
        other.close();
    }

    private void sql(String... statements) throws SQLException {
        try (Statement statement = other.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private Set<String> titles() throws SQLException {
        Set<String> titles = new HashSet<>();
        try (Statement statement = other.createStatement();
                ResultSet found = statement.executeQuery("SELECT title FROM item")) {
            while (found.next()) {
                titles.add(found.getString(1));
            }
        }
        return titles;
    }

    private Path unsaved() {
        return profile.resolve("unsaved.txt");
    }

    private MainWindow window() {
        return Objects.requireNonNull(startup().window());
    }

    private void addLines() {
        screen.click("quick-add");
        screen.type("first #shop\n");
        screen.type("second\n");
    }

    private void quit() {
        screen.press(KeyCode.CONTROL, KeyCode.Q);
        screen.await("the window is gone", () -> !screen.shows("quick-add"));
    }

    private void awaitSaving() {
        screen.await("the page is there", () -> screen.shows("trouble-title"));
        assertThat(screen.text("trouble-title")).isEqualTo("Saving your last changes");
    }

    @Test
    void whatIsQueuedWhenTheWindowIsClosedIsSavedHoweverLongAnotherProgramHoldsTheLibrary() throws Exception {
        screen.select("Buy milk");
        screen.await("it is open", () -> screen.text("detail-title").equals("Buy milk"));
        sql("BEGIN IMMEDIATE");
        addLines();
        screen.click("detail-title");
        screen.press(KeyCode.END);
        screen.type(" and oats");
        quit();
        awaitSaving();
        assertThat(unsaved())
                .as("kept in case that the system ends the program now")
                .content()
                .contains("new\nfirst #shop\n", "new\nsecond\n", "title\nBuy milk and oats\n");
        assertThat(exits).hasValue(0);

        sql("ROLLBACK");
        screen.await("the program ended", () -> exits.get() == 1);
        assertThat(titles()).contains("first", "second", "Buy milk and oats");
        assertThat(unsaved()).doesNotExist();
        assertThat(screen.shows("trouble-code")).isFalse();
    }

    @Test
    void aLineThatCannotBeAddedAfterTheWindowIsClosedIsKeptAndSaid() throws Exception {
        Files.writeString(unsaved(), "older\n");
        sql("BEGIN IMMEDIATE");
        addLines();
        quit();
        sql("CREATE TRIGGER refuse BEFORE INSERT ON item BEGIN SELECT RAISE(ABORT, 'refused'); END", "COMMIT");
        screen.await("it is said", () -> screen.shows("trouble-code"));
        assertThat(screen.text("trouble-code")).isEqualTo("Code: window.unsaved");
        assertThat(unsaved()).content().startsWith("older\n--- ").contains("new\nfirst #shop\n", "new\nsecond\n");
        assertThat(exits).hasValue(0);
    }

    @Test
    void whatElseFailsAfterTheWindowIsClosedIsSaid() throws Exception {
        sql("BEGIN IMMEDIATE");
        Screen.onScreen(() -> {
            window().model().list().commands().addLines("one\ntwo");
            return true;
        });
        quit();
        sql("CREATE TRIGGER refuse BEFORE INSERT ON item BEGIN SELECT RAISE(ABORT, 'refused'); END", "COMMIT");
        screen.await("it is said", () -> screen.shows("trouble-code"));
        assertThat(screen.text("trouble-title")).isEqualTo("Tidemark had to close your library");
        assertThat(screen.text("trouble-sentence")).contains("refused");
        assertThat(unsaved()).doesNotExist();
    }

    @Test
    void aStartWhileTheLastChangesAreSavedOpensTheWindowAgain() throws Exception {
        sql("BEGIN IMMEDIATE");
        addLines();
        quit();
        assertThat(SingleInstance.acquire(profile, new LaunchRequest.Window())).isEmpty();
        sql("ROLLBACK");
        screen.await("the window is there again", () -> screen.rows().size() == 3);
        assertThat(exits).hasValue(0);
    }
}
