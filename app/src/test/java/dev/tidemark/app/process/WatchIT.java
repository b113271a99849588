package dev.tidemark.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.jr.ob.JSON;

/** {@code sync --watch} of the real program, while other commands use the profile and another device syncs. */
@Proof
class WatchIT {
    @TempDir
    private Path folder;

    private Path laptop;
    private Path phone;

    @BeforeEach
    void setUp() throws IOException {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        laptop = folder.resolve("laptop");
        phone = folder.resolve("phone");
        print(laptop, "config", "set", "sync.folder", shared.toString());
        print(phone, "config", "set", "sync.folder", shared.toString());
    }

    private static String print(Path profile, String... arguments) {
        return TidemarkProcess.run(profile, arguments).printed();
    }

    private static Map<String, Object> awaitLine(TidemarkProcess watch, Predicate<Map<String, Object>> wanted)
            throws IOException {
        for (String line = watch.readLine(); line != null; line = watch.readLine()) {
            Map<String, Object> said = JSON.std.mapFrom(line);
            if (wanted.test(said)) {
                return said;
            }
        }
        throw new AssertionError("It ended; it said: " + watch.errors());
    }

    @Test
    void showsChangesOfBothSidesUntilControlCAndSendsWhatIsLeft() throws Exception {
        Path copies = Files.createDirectories(laptop.resolve("cache/opened/0000"));
        try (TidemarkProcess watch = TidemarkProcess.start(laptop, "sync", "--watch", "--json")) {
            assertThat(awaitLine(watch, said -> said.get("state").equals("idle"))
                            .keySet())
                    .containsExactly("at", "state", "pushed", "pulled", "conflicts", "pending", "reason");
            print(phone, "add", "From the phone");
            print(phone, "sync");
            awaitLine(watch, said -> said.get("pulled").equals(1));
            assertThat(print(laptop, "list")).contains("From the phone");

            print(laptop, "add", "From the laptop");
            awaitLine(watch, said -> said.get("pushed").equals(1));
            // The copy of a file that no item has was deleted after the change before.
            assertThat(copies).doesNotExist();
            print(phone, "sync");
            assertThat(print(phone, "list")).contains("From the laptop");

            print(laptop, "add", "Last words");
            watch.interrupt();
            TidemarkProcess.Ended ended = watch.end();
            assertThat(ended.errors()).isEmpty();
            // What the shell shows for a program that Control-C ended.
            assertThat(ended.code()).isEqualTo(130);
        }
        print(phone, "sync");
        assertThat(print(phone, "list")).contains("Last words");
    }

    @Test
    void saysWhatIsWrongAndGoesOnOnceItIsMended() throws Exception {
        Path shared = folder.resolve("shared");
        Path away = folder.resolve("away");
        try (TidemarkProcess watch = TidemarkProcess.start(laptop, "sync", "--watch", "--json")) {
            awaitLine(watch, said -> said.get("state").equals("idle"));
            Files.move(shared, away);
            print(laptop, "add", "While it is away");
            Map<String, Object> offline =
                    awaitLine(watch, said -> said.get("state").equals("offline"));
            assertThat(offline.get("reason").toString()).contains("is not there");
            Files.move(away, shared);
            awaitLine(watch, said -> said.get("state").equals("idle"));
            watch.interrupt();
            assertThat(watch.end().code()).isEqualTo(130);
        }
        print(phone, "sync");
        assertThat(print(phone, "list")).contains("While it is away");
    }

    @Test
    void withoutATargetItSaysSoAndEnds() {
        print(laptop, "config", "set", "sync.target", "off");
        TidemarkProcess.Ended ended = TidemarkProcess.run(laptop, "sync", "--watch");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.errors()).contains("off");
    }
}
