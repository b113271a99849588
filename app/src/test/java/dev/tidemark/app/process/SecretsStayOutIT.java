package dev.tidemark.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets and texts go through the program while it fails in every way. Neither log nor diagnostics contain them. */
@Proof
class SecretsStayOutIT {
    private static final String SECRET_KEY = "wJalrXUtnFEMIbPxRfiCY";
    private static final String PASSPHRASE = "correct horse battery staple";
    private static final String TITLE = "Zanzibar honeymoon";

    @TempDir
    private Path profile;

    private void run(String... arguments) {
        TidemarkProcess.run(
                Map.of("TIDEMARK_S3_SECRET_KEY", SECRET_KEY, "TIDEMARK_PASSPHRASE", PASSPHRASE),
                "",
                profile,
                arguments);
    }

    @Test
    void whatFailsIsLoggedWithoutSecretsOrTexts() throws IOException {
        run("config", "set", "sync.url", "s3://bucket/prefix?endpoint=http://127.0.0.1:1&region=eu");
        run("config", "set", "sync.s3.access-key", "AKIAZANZIBAR");
        run("config", "set", "sync.encryption", "age");
        run("add", TITLE);
        run("sync");
        run("list", "--list", TITLE);
        run("config", "set", "sync.interval", TITLE);
        run("attach", "0000", TITLE);
        ProfileFolders folders = ProfileFolders.below(profile);
        String log;
        try (Stream<Path> files = Files.list(folders.logs())) {
            log = String.join("\n", files.map(SecretsStayOutIT::read).toList());
        }
        assertThat(log).as("failures were logged").contains("A command was rejected", "storage.nothing-listens");
        try (AppContext composition = AppContext.of(folders)) {
            composition.database();
            String diagnostics = composition.diagnostics().text();
            assertThat(diagnostics).contains("storage.nothing-listens", "item 1");
            for (String hidden : List.of(SECRET_KEY, PASSPHRASE, "Zanzibar", "AKIA")) {
                assertThat(log).doesNotContain(hidden);
                assertThat(diagnostics).doesNotContain(hidden);
            }
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
