package dev.tidemark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.model.HiddenDataFixture;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code conflicts} lists hidden data and {@code status} counts it, each with a next step. */
class HiddenDataCommandTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void setUp() throws IOException {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        for (String name : List.of("laptop", "phone")) {
            run(name, "config", "set", "device.name", name).printed();
            run(name, "config", "set", "sync.folder", shared.toString()).printed();
        }
    }

    private CommandRun run(String profile, String... arguments) {
        return CommandRun.on(folder.resolve(profile), arguments);
    }

    private void sync(String... profiles) {
        for (String profile : profiles) {
            run(profile, "sync").printed();
        }
    }

    /** The laptop applies an edit that no device of this library made. */
    private void apply(UUID row, Map<String, Object> values) throws Exception {
        try (AppContext laptop = AppContext.of(ProfileFolders.below(folder.resolve("laptop")))) {
            HiddenDataFixture.edit(laptop.database(), "item", row, values);
        }
    }

    @Test
    void nothingIsSaidWhenEverythingIsShown() {
        assertThat(run("laptop", "status").printed()).doesNotContain("Not shown");
        assertThat(run("laptop", "conflicts").printed()).isEmpty();
        assertThat(run("laptop", "status", "--json").object().get("hidden"))
                .isEqualTo(Map.of(
                        "parent",
                        0,
                        "unique-conflict",
                        0,
                        "incomplete",
                        0,
                        "tombstone-collected",
                        0,
                        "refused",
                        0,
                        "waiting",
                        0));
    }

    @Proof
    @Test
    void aTagOfAnItemThatAnotherDeviceDeletedForGood() {
        String id = run("laptop", "add", "Report").printed().strip();
        sync("laptop", "phone");
        run("phone", "edit", id, "--tag", "urgent").printed();
        run("laptop", "purge", id).printed();
        sync("laptop", "phone", "laptop");
        for (String profile : List.of("laptop", "phone")) {
            assertThat(run(profile, "conflicts").printed())
                    .contains(
                            id + "  *: \"deleted\" (laptop",
                            id + "  not shown: tag \"urgent\": its item was deleted on laptop (");
            assertThat(run(profile, "status").printed())
                    .contains(
                            "Not shown: 1 tag or attachment whose item was deleted",
                            "What to do: List them with tidemark conflicts. Restore or discard them");
        }
        List<Map<String, Object>> lines = run("phone", "conflicts", "--json").objects();
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).containsEntry("hidden", null);
        Map<String, Object> line = lines.getLast();
        assertThat(line).containsOnlyKeys("id", "field", "winner", "loser", "hidden", "duplicate");
        assertThat(line).containsEntry("id", id).containsEntry("field", "*").containsEntry("winner", null);
        assertThat(line.get("hidden"))
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                .containsOnlyKeys("reason", "table", "row", "values", "device", "at")
                .containsEntry("reason", "parent")
                .containsEntry("table", "tag")
                .containsEntry("device", "phone");
        assertThat(run("phone", "status", "--json").object().get("hidden"))
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                .containsEntry("parent", 1)
                .containsEntry("waiting", 0);
    }

    @Test
    void anEditOfAnItemThatWasDeletedEverywhere() throws Exception {
        UUID gone = UUID.randomUUID();
        apply(gone, Map.of("title", "Call the plumber"));
        assertThat(run("laptop", "conflicts").printed())
                .startsWith(gone + "  not shown: item \"Call the plumber\": edited on ")
                .contains("after it had been deleted on all devices");
        assertThat(run("laptop", "status").printed())
                .contains("Not shown: 1 entry edited after being deleted on all devices");
        assertThat(run("laptop", "list", "--all").printed()).isEmpty();
    }

    @Test
    void fieldsOfANewerVersion() throws Exception {
        String id = run("laptop", "add", "Report").printed().strip();
        apply(UUID.fromString(id), Map.of("mood", "good"));
        assertThat(run("laptop", "conflicts").printed())
                .isEqualTo(id + "  not shown: entry: fields of a newer version of Tidemark: mood\n");
        assertThat(run("laptop", "status").printed())
                .contains("Not shown: 1 entry with fields of a newer version", "What to do: Update Tidemark")
                .doesNotContain("Restore or discard");
    }
}
