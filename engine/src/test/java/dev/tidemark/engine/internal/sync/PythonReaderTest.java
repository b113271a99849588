package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Ids;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.proof.Proof;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Python reader in {@code docs/examples}, written from {@code docs/file-format.md} alone, reads the same content as
 * the engine.
 */
class PythonReaderTest {
    private static final Schema SCHEMA = Schema.builder()
            .migration("create", "CREATE TABLE todo(id BLOB PRIMARY KEY NOT NULL, title TEXT, done INTEGER)")
            .synced("todo")
            .build();

    private static final Schema NEWER = Schema.builder()
            .migration("create", "CREATE TABLE todo(id BLOB PRIMARY KEY NOT NULL, title TEXT, done INTEGER)")
            .migration("rank", "ALTER TABLE todo ADD COLUMN rank INTEGER; UPDATE todo SET rank = length(title)")
            .synced("todo")
            .build();

    @TempDir
    Path folder;

    @Test
    void readsWhatTwoDevicesHavePublished() throws Exception {
        assumeTrue(hasPython(), "python3 is not installed");
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Random random = new Random(4);
        try (Database ann = Database.open(folder.resolve("ann.db"), SCHEMA);
                Database bob = Database.open(folder.resolve("bob.db"), SCHEMA);
                RemoteStorage storage = FolderStorage.open(shared)) {
            for (int round = 0; round < 20; round++) {
                Database device = random.nextBoolean() ? ann : bob;
                edit(device, random, round);
                RemoteLibrary.open(device, storage).sync();
            }
            RemoteLibrary.open(ann, storage).sync();
        }
        // What a migration fills is read, that it was run is passed over.
        try (Database ann = Database.open(folder.resolve("ann.db"), NEWER);
                RemoteStorage storage = FolderStorage.open(shared)) {
            ann.write(tx -> tx.execute("UPDATE todo SET rank = 7 WHERE substr(hex(id), 2, 1) < '8'"));
            RemoteLibrary.open(ann, storage).sync();
            String expected =
                    ann.list(Query.of("SELECT lower(hex(id)) AS hex, title, done, rank FROM todo ORDER BY id")).stream()
                            .map(row -> String.format(
                                    "{\"table\": \"todo\", \"id\": \"%s\", \"values\": {\"done\": %d, \"rank\": %d,"
                                            + " \"title\": \"%s\"}}%n",
                                    row.text("hex"), row.integer("done"), row.integer("rank"), row.text("title")))
                            .collect(Collectors.joining());
            assertThat(expected).isNotEmpty();
            assertThat(run(shared)).isEqualTo(expected);
        }
    }

    @Proof
    @Test
    void readsASnapshotAndTheChangesAfterIt() throws Exception {
        assumeTrue(hasPython(), "python3 is not installed");
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Random random = new Random(5);
        try (Database ann = Database.open(folder.resolve("ann.db"), SCHEMA);
                RemoteStorage storage = FolderStorage.open(shared)) {
            for (int round = 0; round < 10; round++) {
                edit(ann, random, round);
                RemoteLibrary.open(ann, storage).sync();
            }
            for (int save = 0; save < 40; save++) {
                byte[] noise = new byte[24 << 10];
                random.nextBytes(noise);
                ann.write(tx -> tx.execute("UPDATE todo SET title = ? WHERE substr(hex(id), 2, 1) < '3'", hex(noise)));
                ann.write(tx -> tx.execute("UPDATE todo SET done = done + 1 WHERE substr(hex(id), 2, 1) < '3'"));
            }
            ann.write(tx -> tx.execute("UPDATE todo SET title = 'short' WHERE substr(hex(id), 2, 1) < '3'"));
            RemoteLibrary.open(ann, storage).sync();
            assertThat(storage.list("v1/snapshots/", null)).hasSize(1);
            // All that it covers may go, and what comes after it counts.
            storage.list("v1/log/", null).forEach(segment -> storage.delete(segment.name()));
            ann.write(tx -> tx.execute("UPDATE todo SET done = 5 WHERE substr(hex(id), 2, 1) = '4'"));
            ann.write(tx -> tx.execute("DELETE FROM todo WHERE substr(hex(id), 2, 1) = '5'"));
            edit(ann, random, 10);
            RemoteLibrary.open(ann, storage).sync();
            String expected =
                    ann.list(Query.of("SELECT lower(hex(id)) AS hex, title, done FROM todo ORDER BY id")).stream()
                            .map(row -> String.format(
                                    "{\"table\": \"todo\", \"id\": \"%s\", \"values\": {\"done\": %d,"
                                            + " \"title\": \"%s\"}}%n",
                                    row.text("hex"), row.integer("done"), row.text("title")))
                            .collect(Collectors.joining());
            assertThat(expected).contains("short");
            assertThat(run(shared)).isEqualTo(expected);
            assertFailsWithout(shared, names(storage, "v1/base/").getFirst(), "its part 0 is missing");
        }
    }

    @Proof
    @Test
    void listsTheFilesThatRowsReferTo() throws Exception {
        assumeTrue(hasPython(), "python3 is not installed");
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Schema pictures = Schema.builder()
                .migration("create", "CREATE TABLE picture(id BLOB PRIMARY KEY NOT NULL, content BLOB)")
                .synced("picture")
                .blobs("picture", "content")
                .build();
        try (Database ann = Database.open(folder.resolve("pictures.db"), pictures);
                RemoteStorage storage = FolderStorage.open(shared)) {
            BlobId sound = ann.blobs().add(new ByteArrayInputStream(new byte[] {1, 2, 3}));
            BlobId damaged = ann.blobs().add(new ByteArrayInputStream(new byte[] {4}));
            for (BlobId id : List.of(sound, damaged)) {
                ann.write(tx -> tx.execute("INSERT INTO picture(id, content) VALUES (?, ?)", Ids.next(), id.bytes()));
            }
            RemoteLibrary.open(ann, storage).sync();
            storage.put("v1/blobs/" + damaged, new byte[] {5, 5});
            Output read = read(shared);
            assertThat(read.errors()).contains("v1/blobs/" + damaged + ": it is damaged");
            assertThat(read.printed())
                    .contains("\"values\": {\"content\": {\"hex\": \"" + sound + "\"}}")
                    .contains("{\"blob\": \"" + sound + "\", \"size\": 3, \"sound\": true}")
                    .contains("{\"blob\": \"" + damaged + "\", \"size\": 2, \"sound\": false}");
        }
    }

    @Proof
    @Test
    void failsAndNamesWhatIsMissingOrDamaged() throws Exception {
        assumeTrue(hasPython(), "python3 is not installed");
        Path shared = Files.createDirectory(folder.resolve("shared"));
        try (Database ann = Database.open(folder.resolve("ann.db"), SCHEMA);
                Database bob = Database.open(folder.resolve("bob.db"), SCHEMA);
                RemoteStorage storage = FolderStorage.open(shared)) {
            for (int save = 0; save < 3; save++) {
                edit(ann, new Random(save), save);
                RemoteLibrary.open(ann, storage).sync();
            }
            RemoteLibrary.open(bob, storage).sync();
            assertThat(run(shared)).isNotEmpty();
            List<String> segments = names(storage, "v1/log/");
            String record = names(storage, "v1/devices/").getFirst();
            for (String segment : segments) {
                SegmentName lost = SegmentName.parse(segment).orElseThrow();
                String missing =
                        "the changes of replica " + lost.replica() + " from " + lost.first() + " on are missing";
                assertFailsWithout(shared, segment, missing);
            }
            assertFailsWithout(shared, names(storage, "v1/library/").getFirst(), "There is no Tidemark library");
            for (String name : List.of(
                    segments.get(1), record, names(storage, "v1/library/").getFirst())) {
                byte[] content = Files.readAllBytes(shared.resolve(name));
                for (byte[] damaged : damaged(content)) {
                    Files.write(shared.resolve(name), damaged);
                    assertThat(read(shared).errors()).contains(name + ": it is damaged or incomplete");
                }
                Files.write(shared.resolve(name), content);
            }
            Path renamed = shared.resolve(segments.get(1).replaceFirst("-0000", "-0001"));
            Files.copy(shared.resolve(segments.get(1)), renamed);
            assertThat(read(shared).errors()).contains("it is not what its name says");
            Files.delete(renamed);
            assertThat(run(shared)).isNotEmpty();
        }
    }

    private static List<byte[]> damaged(byte[] content) {
        byte[] flipped = content.clone();
        flipped[content.length / 2] ^= 1;
        return List.of(flipped, Arrays.copyOf(content, content.length - 1), new byte[0]);
    }

    private static void assertFailsWithout(Path shared, String name, String error) throws Exception {
        byte[] content = Files.readAllBytes(shared.resolve(name));
        Files.delete(shared.resolve(name));
        assertThat(read(shared).errors()).as(name).contains(error);
        Files.write(shared.resolve(name), content);
    }

    private static List<String> names(RemoteStorage storage, String prefix) {
        return storage.list(prefix, null).stream()
                .map(RemoteStorage.StoredObject::name)
                .toList();
    }

    /** The checksum of the file fits its content, but the chain hash in its name stands for other changes. */
    @Proof
    @Test
    void failsIfChangesDoNotLeadToTheirChainHash() throws Exception {
        assumeTrue(hasPython(), "python3 is not installed");
        Path shared = Files.createDirectory(folder.resolve("shared"));
        try (Database ann = Database.open(folder.resolve("ann.db"), SCHEMA);
                RemoteStorage storage = FolderStorage.open(shared)) {
            edit(ann, new Random(1), 1);
            RemoteLibrary.open(ann, storage).sync();
            String name = names(storage, "v1/log/").getFirst();
            SegmentName parsed = SegmentName.parse(name).orElseThrow();
            byte[] content = Files.readAllBytes(shared.resolve(name));
            byte[] hash = HexFormat.of().parseHex(parsed.chain().toString());
            int at = indexOf(content, hash);
            content[at] ^= 1;
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Arrays.copyOf(content, content.length - 32));
            System.arraycopy(digest, 0, content, content.length - 32, 32);
            hash[0] ^= 1;
            String changed = name.replace(parsed.chain().toString(), hex(hash))
                    .replaceFirst("[0-9a-f]{32}[.]seg", hex(digest).substring(0, 32) + ".seg");
            Files.delete(shared.resolve(name));
            Files.write(shared.resolve(changed), content);
            assertThat(read(shared).errors()).contains(changed + ": its changes do not lead to its chain hash");
        }
    }

    private static int indexOf(byte[] content, byte[] part) {
        return hex(content).indexOf(hex(part)) / 2;
    }

    private static String hex(byte[] bytes) {
        return java.util.HexFormat.of().formatHex(bytes);
    }

    private static void edit(Database device, Random random, int round) {
        for (int count = 0; count < 5; count++) {
            byte[] id = new byte[16];
            random.nextBytes(id);
            device.write(tx -> tx.execute(
                    "INSERT INTO todo(id, title, done) VALUES (?, ?, ?)",
                    id,
                    "ä \uD83C\uDF0A " + round,
                    -3_000_000_000L));
        }
        device.write(tx -> tx.execute("UPDATE todo SET title = 'again ' || title WHERE substr(hex(id), 1, 1) = 'A'"));
        device.write(tx -> tx.execute("DELETE FROM todo WHERE substr(hex(id), 1, 1) = ?", String.valueOf(round % 10)));
    }

    static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    static String run(Path shared) throws Exception {
        Output output = read(shared);
        assertThat(output.errors()).isEmpty();
        return output.printed();
    }

    /** It fails if and only if it writes errors. */
    private static Output read(Path shared) throws Exception {
        Path script = Path.of(System.getProperty("tidemark.root"), "docs", "examples", "read_library.py");
        Path errors = Files.createTempFile(shared.getParent(), "errors", ".txt");
        Process process = new ProcessBuilder(List.of("python3", script.toString(), shared.toString()))
                .redirectError(errors.toFile())
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean succeeded = process.waitFor() == 0;
        String reported = Files.readString(errors);
        assertThat(succeeded).as(reported).isEqualTo(reported.isEmpty());
        assertThat(reported).doesNotContain("Traceback");
        return new Output(printed, reported);
    }

    private record Output(String printed, String errors) {}
}
