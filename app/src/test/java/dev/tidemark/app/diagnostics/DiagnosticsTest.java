package dev.tidemark.app.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.status.Status;
import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.Lists;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.settings.FileModes;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.problem.SyncException;
import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log and the diagnostics have error codes and counts, and never user data. */
class DiagnosticsTest {
    @TempDir
    private Path folder;

    private static String logged(String message, Throwable failure) {
        LogLayout layout = new LogLayout();
        LoggerContext context = new LoggerContext();
        return layout.doLayout(
                new LoggingEvent("test", context.getLogger("dev.tidemark.Some"), Level.WARN, message, failure, null));
    }

    @Test
    void aLineOfTheLogHasTheCodeAndNotWhatThePersonWrote() {
        String line = logged(
                "It failed",
                new IllegalStateException("around", new ProblemException("list.unknown", "Secret plans of Ada")));
        assertThat(line.lines().findFirst().orElseThrow())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\S+ WARN \\[.*] dev\\.tidemark\\.Some \\(E-[0-9A-F]{6}\\) - It failed");
        assertThat(line).contains("Caused by: ", "list.unknown").doesNotContain("Secret plans");
        String home = System.getProperty("user.home");
        assertThat(new HomePathRedactor("/home/ann", "/srv/bea/", "/").redact("/home/ann/x /srv/bea/y /srv/beate"))
                .isEqualTo("~/x ~/y /srv/beate");
        assertThat(logged(
                        "In " + home + "/x",
                        new Database.OpenException(Problem.DATABASE_READ_ONLY, home + "/.local/tidemark.db")))
                .contains("(database.read-only) - In ~/x", "~/.local/tidemark.db")
                .doesNotContain(home);
    }

    @Test
    void theLogNamesNoBucketAndNoHostAndQuotesNoServer() {
        Throwable said = new IllegalStateException("<Code>Odd</Code> from adas-bucket at s3.ada.example");
        String line = logged(
                "A command\nfailed",
                new SyncException(
                        new StorageException(said, Problem.STORAGE_SERVER_REFUSED, "s3.ada.example", "Odd", "Ada, no."),
                        Problem.SYNC_FAILED,
                        "v1/x",
                        "s3://adas-bucket"));
        assertThat(line)
                .contains(
                        "A command failed", "storage.server-refused", "Caused by: java.lang.IllegalStateException: E-")
                .doesNotContain("ada.example", "adas-bucket", "Ada, no", "Odd");
        assertThat(logged("x", new java.net.UnknownHostException("s3.ada.example")))
                .doesNotContain("ada");
        assertThat(logged("x", new IllegalStateException("a\u001b[2J\nb" + "c".repeat(5000))))
                .contains("a [2J b")
                .doesNotContain("c".repeat(1001));
    }

    @Test
    void theDiagnosticsCountAndNameNothing() throws IOException {
        ProfileFolders folders = ProfileFolders.below(folder.resolve("of-ada"));
        try (AppContext composition = AppContext.of(folders)) {
            composition.set(Setting.DEVICE_NAME, "Adas laptop");
            composition.set(Setting.SYNC_URL, "s3://adas-bucket/notes?region=eu-west-1");
            composition.set(Setting.SYNC_S3_ACCESS_KEY, "AKIAADA");
            new Lists(composition.database()).add("Divorce");
            new Items(composition.database())
                    .add(NewItem.todo("Call the lawyer").withBody("before noon"));
            Files.createDirectories(folders.logs());
            Files.writeString(folders.logs().resolve("tidemark.log"), """
                2026-01-02T03:04:05.678+01:00 ERROR [sync] dev.tidemark.Sync (storage.no-route) - Divorce papers
                2026-01-02T03:04:06.678+01:00 INFO [sync] dev.tidemark.Sync - fine
                """);
            String text = composition.diagnostics().text();
            assertThat(text)
                    .contains("Program: Tidemark ", "Java: " + System.getProperty("java.runtime.version"))
                    .contains("item 1, list 1, tag 0", "Sync: s3, not running", "theme system")
                    .contains("  2026-01-02T03:04:05.678+01:00 ERROR storage.no-route dev.tidemark.Sync\n")
                    .doesNotContain("Divorce", "lawyer", "noon", "Ada", "ada", "AKIA", folder.toString());
        }
    }

    @Test
    void theDiagnosticsOfALibraryThatCannotBeReadSayWhichPart() throws IOException {
        ProfileFolders folders = ProfileFolders.below(folder);
        Files.writeString(folders.settings(), "theme=pink\n");
        try (AppContext composition = AppContext.of(folders)) {
            assertThat(composition.diagnostics().text())
                    .contains("Settings: not readable: settings.bad", "Database: 0.0 MB", "not open");
        }
    }

    @Proof
    @Test
    void theLogKeepsWithinItsRoom() throws IOException {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        LogFile file = LogFile.started(context, folder, "some");
        for (int line = 0; line < 60_000; line++) {
            file.doAppend(new LoggingEvent(
                    "test", context.getLogger("dev.tidemark.Some"), Level.WARN, "x".repeat(100), null, null));
        }
        file.stop();
        assertThat(context.getStatusManager().getCopyOfStatusList())
                .filteredOn(status -> status.getLevel() > Status.INFO)
                .isEmpty();
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            FileModes.assertClosed(folder);
        }
        try (var files = Files.list(folder)) {
            long bytes = files.mapToLong(each -> each.toFile().length()).sum();
            assertThat(bytes).isBetween(2_000_000L, 4_800_000L);
        }
    }
}
