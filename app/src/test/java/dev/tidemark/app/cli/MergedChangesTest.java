package dev.tidemark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.model.InventedChanges;
import dev.tidemark.engine.internal.segment.SegmentEncoder;
import dev.tidemark.proof.Proof;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A party with write access to an unencrypted storage uploads valid segments with changes that Tidemark never writes.
 */
@Proof
class MergedChangesTest {
    @TempDir
    private Path folder;

    private CommandRun run(String... arguments) {
        return CommandRun.on(folder.resolve("profile"), arguments);
    }

    @Test
    void everyItemIsListedFoundAndExportedAfterASyncWithASegmentOfInventedChanges() throws Exception {
        Path storage = Files.createDirectory(folder.resolve("storage"));
        run("config", "set", "sync.folder", storage.toString()).printed();
        UUID milk =
                UUID.fromString((String) run("add", "Milk", "--json").object().get("id"));
        run("sync").printed();
        plant(storage, List.of(milk));
        run("sync").printed();

        List<Object> exported = ids("export", "-");
        assertThat(exported).hasSizeGreaterThan(2);
        assertThat(Stream.of(ids("list", "--all", "--json"), ids("list", "--trash", "--json"))
                        .flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(exported);
        run("list", "--all").printed();
        for (Object id : exported.subList(0, 3)) {
            run("show", id.toString()).printed();
        }
        for (String search : List.of("milk", "-x", "tag:\"\"", "due:<2027-01-01", "is:done", "priority:high")) {
            run("list", "--all", "--search", search, "--json").printed();
        }
        for (List<String> command : List.of(
                List.of("conflicts"),
                List.of("conflicts", "--json"),
                List.of("status"),
                List.of("status", "--json"),
                List.of("devices"))) {
            run(command.toArray(String[]::new)).printed();
        }
    }

    private List<Object> ids(String... command) {
        return run(command).objects().stream().map(item -> item.get("id")).toList();
    }

    /** Writes a sound segment of a replica that nobody knows. */
    private static void plant(Path storage, List<UUID> rows) throws Exception {
        String library;
        try (Stream<Path> files = Files.list(storage.resolve("v1/library"))) {
            library = files.findFirst().orElseThrow().getFileName().toString();
        }
        UUID id = new UUID(Long.parseUnsignedLong(library, 0, 16, 16), Long.parseUnsignedLong(library, 16, 32, 16));
        byte[] bytes = new byte[1_500];
        new Random(1).nextBytes(bytes);
        SegmentEncoder.Encoded segment =
                new SegmentEncoder(id, 1).encode(InventedChanges.of(bytes, rows, System.currentTimeMillis()));
        Path file = storage.resolve(segment.name().toString());
        Files.createDirectories(file.getParent());
        Files.write(file, segment.content());
    }
}
