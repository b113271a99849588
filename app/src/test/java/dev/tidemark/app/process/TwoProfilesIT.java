package dev.tidemark.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.jr.ob.JSON;

/** Two devices sync through a folder, by commands only, each in a separate process, like a script. */
@Proof
class TwoProfilesIT {
    @TempDir
    private Path folder;

    private Path laptop;
    private Path phone;

    @BeforeEach
    void setUp() throws IOException {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        laptop = folder.resolve("laptop");
        phone = folder.resolve("phone");
        for (Path profile : List.of(laptop, phone)) {
            print(profile, "config", "set", "device.name", profile.getFileName().toString());
            print(profile, "config", "set", "sync.folder", shared.toString());
        }
    }

    private static String print(Path profile, String... arguments) {
        return TidemarkProcess.run(profile, arguments).printed();
    }

    private static List<Map<String, Object>> objects(Path profile, String... arguments) {
        return print(profile, arguments).lines().map(JSON.std::mapFrom).toList();
    }

    @Test
    void bothShowTheSameWinnerAndTheSameConflict() {
        String id = print(laptop, "add", "Buy milk").strip();
        assertThat(objects(laptop, "sync", "--json")).singleElement().satisfies(report -> {
            assertThat(report.keySet())
                    .containsExactly(
                            "pushed",
                            "pulled",
                            "conflicts",
                            "hidden",
                            "waiting",
                            "requests",
                            "bytes",
                            "complete",
                            "blocked",
                            "readOnly",
                            "quarantined");
            assertThat(report).containsEntry("pushed", 1);
        });
        print(phone, "sync");
        assertThat(objects(phone, "list", "--json"))
                .extracting(item -> item.get("title"))
                .containsExactly("Buy milk");

        print(laptop, "edit", id, "--title", "Buy oat milk");
        print(phone, "edit", id, "--title", "Buy soy milk", "--due", "2026-12-31");
        assertThat(objects(phone, "status", "--json").getFirst()).containsEntry("pending", 1);
        print(laptop, "sync");
        print(phone, "sync");
        print(laptop, "sync");

        assertThat(objects(laptop, "show", id, "--json"))
                .singleElement()
                .satisfies(item -> assertThat(item)
                        .containsEntry("title", "Buy soy milk")
                        .containsEntry("due", "2026-12-31")
                        .containsEntry("changedBy", "phone"));
        List<Map<String, Object>> conflicts = objects(laptop, "conflicts", "--json");
        assertThat(conflicts).isEqualTo(objects(phone, "conflicts", "--json"));
        assertThat(conflicts).singleElement().satisfies(conflict -> {
            assertThat(conflict).containsEntry("id", id).containsEntry("field", "title");
            assertThat(side(conflict, "winner"))
                    .containsEntry("value", "Buy soy milk")
                    .containsEntry("device", "phone")
                    .containsKey("at");
            assertThat(side(conflict, "loser"))
                    .containsEntry("value", "Buy oat milk")
                    .containsEntry("device", "laptop");
        });
        assertThat(print(laptop, "dump")).isEqualTo(print(phone, "dump"));

        print(laptop, "edit", id, "--title", "Buy any milk");
        print(laptop, "sync");
        print(phone, "sync");
        assertThat(print(phone, "conflicts")).isEmpty();
        Map<String, Object> status = objects(phone, "status", "--json").getFirst();
        assertThat(status)
                .containsEntry("target", "folder")
                .containsEntry("state", "idle")
                .containsEntry("pending", 0);
        assertThat(status.get("lastSuccess")).isNotNull();
        assertThat((List<?>) status.get("devices")).hasSize(2);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> side(Map<String, Object> conflict, String name) {
        return (Map<String, Object>) conflict.get(name);
    }

    @Test
    void aFileThatIsNoSegmentIsNamedAndTheRestIsSynced() throws IOException {
        print(laptop, "add", "Buy milk");
        print(laptop, "sync");
        Path log;
        try (var files = Files.walk(folder.resolve("shared"))) {
            log = files.filter(file -> file.toString().endsWith(".seg"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] whole = Files.readAllBytes(log);
        Files.writeString(log, "not a segment");
        print(phone, "add", "Mow the lawn");
        TidemarkProcess.Ended refused = TidemarkProcess.run(phone, "sync");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.errors()).contains(log.getFileName().toString(), "next sync retries");
        assertThat(print(phone, "list")).doesNotContain("Buy milk").contains("Mow the lawn");
        Files.write(log, whole);
        print(phone, "sync");
        print(laptop, "sync");
        assertThat(print(phone, "list")).contains("Buy milk");
        assertThat(print(laptop, "list")).contains("Mow the lawn");
    }

    @Test
    void aSyncWithoutItsFolderFailsWithASentenceAndLosesNothing() throws IOException {
        print(laptop, "add", "Buy milk");
        Files.delete(folder.resolve("shared"));
        TidemarkProcess.Ended failed = TidemarkProcess.run(laptop, "sync");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.output()).isEmpty();
        assertThat(failed.errors().lines())
                .singleElement()
                .asString()
                .contains("is not there")
                .endsWith(".");
        assertThat(objects(laptop, "status", "--json").getFirst())
                .containsEntry("state", "offline")
                .containsEntry("lastSuccess", null);
        Files.createDirectory(folder.resolve("shared"));
        print(laptop, "sync");
        print(laptop, "config", "set", "sync.target", "off");
        assertThat(TidemarkProcess.run(laptop, "sync").errors())
                .isEqualTo("Sync is off. Set a folder with tidemark config set sync.folder DIR, or a bucket with"
                        + " tidemark config set sync.url s3://BUCKET.\n");
    }

    @Test
    void anOutputThatCannotBeWrittenIsAFailure() throws IOException, InterruptedException {
        print(laptop, "add", "Buy milk");
        Path errors = folder.resolve("errors");
        Process full = TidemarkProcess.builder(laptop, "list", "--json")
                .redirectOutput(Path.of("/dev/full").toFile())
                .redirectError(errors.toFile())
                .start();
        assertThat(full.waitFor()).isEqualTo(1);
        assertThat(Files.readString(errors))
                .startsWith("The output cannot be written")
                .hasLineCount(1);
    }

    @Test
    void aWindowCannotOpenWithoutADisplay() throws IOException, InterruptedException {
        assertThat(errorsOnDisplay(null)).startsWith("There is no display").hasLineCount(1);
        assertThat(errorsOnDisplay(":4177")).startsWith("There is no display").hasLineCount(1);
    }

    /** Starts the window on this display, or with none named, whatever the tests run on; it has to fail. */
    private String errorsOnDisplay(@Nullable String display) throws IOException, InterruptedException {
        Path errors = folder.resolve("errors");
        ProcessBuilder builder = TidemarkProcess.builder(laptop).redirectError(errors.toFile());
        builder.environment().remove("DISPLAY");
        if (display != null) {
            builder.environment().put("DISPLAY", display);
        }
        Process window = builder.start();
        try {
            assertThat(window.waitFor(1, TimeUnit.MINUTES)).as("it gave up").isTrue();
            assertThat(window.exitValue()).isEqualTo(1);
        } finally {
            window.destroyForcibly();
        }
        return Files.readString(errors);
    }
}
