package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Row;
import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ChangelogQuery;
import dev.tidemark.engine.internal.encryption.ScryptCost;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Committed files of format version 1, each with what a device must read from it ({@code .txt}) and what
 * {@code read_library.py} must print ({@code .jsonl}). {@code -Dtidemark.fixtures=renew} writes all of them again,
 * which is forbidden after the first release.
 */
class FrozenFormatTest extends CarriedFoldersFixture {
    private static final Path FIXTURES = Path.of("src/test/resources/format/v1");
    private static final byte[] PICTURE = "not really a picture".getBytes(StandardCharsets.UTF_8);
    private static final boolean IS_RENEWED = "renew".equals(System.getProperty("tidemark.fixtures"));

    /** The kinds of storages. */
    enum Kind {
        PLAIN,
        ENCRYPTED,
        WITH_SNAPSHOT,
        FORKED,
        PURGED
    }

    private final Map<String, EncryptedRemoteFixture.Secrets> secrets = new TreeMap<>();
    private Kind kind = Kind.PLAIN;

    @ParameterizedTest
    @EnumSource
    void aStorageIsReadAsWhenItWasWritten(Kind storage) throws Exception {
        kind = storage;
        String name = storage.name().toLowerCase(Locale.ROOT).replace('_', '-');
        if (IS_RENEWED) {
            write();
            pack(folder("ann"), names(folder("ann")).stream().toList(), name);
        }
        clock.pass(Duration.ofDays(40));
        unpack(name, folder("reader"));
        if (storage != Kind.ENCRYPTED && PythonReaderTest.hasPython()) {
            expect(name + ".jsonl", PythonReaderTest.run(folder("reader")));
        }
        SyncReport report = syncOnce("reader");
        assertThat(report.isComplete()).as("%s", report).isTrue();
        assertThat(report.quarantined()).isEmpty();
        expect(name + ".txt", describe(device("reader")));
        if (storage != Kind.ENCRYPTED) {
            assertThat(picture()).isEqualTo(PICTURE);
        }
    }

    @Test
    void aDatabaseIsReadAsWhenItWasWritten() throws Exception {
        if (IS_RENEWED) {
            write();
            close("ann");
            pack(root.resolve("ann/profile"), List.of("library.db"), "database");
        }
        clock.pass(Duration.ofDays(40));
        unpack("database", Files.createDirectories(root.resolve("reader/profile")));
        expect("database.txt", describe(device("reader")));
        assertThat(device("reader").maintenance().repair().damage()).isEmpty();
        write("reader", "UPDATE todo SET title = title || '!'");
        assertThat(titles("reader")).allMatch(title -> title.endsWith("!"));
    }

    private byte[] picture() throws IOException {
        Row row = device("reader")
                .list(Query.of("SELECT content FROM picture WHERE name = 'dot'"))
                .getFirst();
        BlobId id = BlobId.of(Objects.requireNonNull(row.blob("content")));
        library("reader").downloadBlob(id);
        try (InputStream content = device("reader").blobs().open(id)) {
            return content.readAllBytes();
        }
    }

    @Override
    SyncReport syncOnce(String name) {
        if (kind != Kind.ENCRYPTED) {
            return super.syncOnce(name);
        }
        clock.pass(Duration.ofSeconds(1));
        return new RemoteSession(
                        device(name),
                        FolderStorage.open(folder(name)),
                        "",
                        clockOf(name),
                        secrets.computeIfAbsent(name, device -> EncryptedRemoteFixture.passphrase()),
                        ScryptCost.MIN)
                .sync(SyncOptions.DEFAULT);
    }

    private void write() {
        UUID milk = add("ann", "Milk");
        write("ann", "UPDATE todo SET note = ? WHERE id = ?", "Größe 1\nand ½ \uD83D\uDEF6\u0000", milk);
        attach();
        sync("ann");
        settle("ann", "bob");
        UUID gone = add("bob", "A secret");
        UUID both = add("bob", "Boat");
        device("bob").write(tx -> {
            tx.execute("UPDATE todo SET note = '' WHERE id = ?", both);
            return tx.execute("INSERT INTO picture(id, name) VALUES (?, NULL)", UUID.randomUUID());
        });
        settle("ann", "bob");
        write("ann", "UPDATE todo SET title = 'Red boat' WHERE id = ?", both);
        clock.pass(Duration.ofSeconds(1));
        write("bob", "UPDATE todo SET title = 'Blue boat' WHERE id = ?", both);
        settle("ann", "bob");
        write("ann", "DELETE FROM todo WHERE id = ?", gone);
        settle("ann", "bob");
        switch (kind) {
            case PLAIN, ENCRYPTED -> {}
            case WITH_SNAPSHOT -> writeSnapshot();
            case FORKED -> fork();
            case PURGED -> purge();
        }
    }

    private void attach() {
        BlobId id = device("ann").blobs().add(new ByteArrayInputStream(PICTURE));
        write("ann", "INSERT INTO picture(id, name, content) VALUES (?, 'dot', ?)", UUID.randomUUID(), id.bytes());
    }

    private void writeSnapshot() {
        library("ann").startNewEpoch(SyncOptions.DEFAULT);
        carry("ann", "bob");
        library("bob").connect(RemoteLibrary.JoinMode.MERGE, SyncOptions.DEFAULT);
        add("bob", "After the snapshot");
        settle("ann", "bob");
    }

    /** The disk image of Ann's device is restored after Bob's has the changes that it lacks. */
    private void fork() {
        takeImage("ann", "image");
        add("ann", "Undone");
        sync("ann");
        carry("ann", "bob");
        restoreImage("ann", "image");
        add("ann", "Done instead");
        settle("ann", "bob");
    }

    private void purge() {
        for (int day = 0; day < 3; day++) {
            daysPass(1);
            settle("ann", "bob");
            collectGarbage("ann", "bob");
        }
        for (int hour = 0; hour < 4; hour++) {
            clock.pass(Duration.ofMinutes(62));
            settle("ann", "bob");
        }
        assertThat(names(folder("ann"))).anyMatch(name -> name.matches(".*-[1-9][.]seg"));
    }

    private static void expect(String name, String read) throws IOException {
        if (IS_RENEWED) {
            Files.writeString(FIXTURES.resolve(name), read);
        }
        assertThat(read).isEqualTo(Files.readString(FIXTURES.resolve(name)));
    }

    /** Rows, conflicts and the changelog of the device. */
    private static String describe(Database device) {
        List<String> lines = new ArrayList<>();
        lines.add(device.dump().strip());
        device.conflicts().forEach(conflict -> lines.add("conflict " + conflict.row() + " " + conflict.column()));
        try (Stream<Change> changes = device.changelog().stream(ChangelogQuery.ALL)) {
            changes.forEach(change -> lines.add(describe(change)));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String describe(Change change) {
        String values = new TreeMap<>(change.values())
                .entrySet().stream()
                        .map(value -> value.getKey() + "=" + describe(value.getValue()))
                        .collect(Collectors.joining(" "));
        return String.join(
                " ",
                change.dot().toString(),
                Long.toString(change.transaction()),
                Long.toString(change.hlcTime()),
                Long.toString(change.wallMillis()),
                change.kind().toString(),
                change.table(),
                change.row().toString(),
                values,
                change.context().toString());
    }

    private static String describe(@Nullable Object value) {
        return switch (value) {
            case null -> "NULL";
            case byte[] bytes -> HexFormat.of().formatHex(bytes);
            case String text -> text.replace("\n", "\\n").replace("\0", "\\0");
            default -> value.toString();
        };
    }

    private static void pack(Path folder, List<String> names, String name) throws IOException {
        Files.createDirectories(FIXTURES);
        try (OutputStream file = Files.newOutputStream(FIXTURES.resolve(name + ".zip"));
                ZipOutputStream zip = new ZipOutputStream(file)) {
            zip.setLevel(9);
            for (String each : names) {
                ZipEntry entry = new ZipEntry(each);
                entry.setTime(0);
                zip.putNextEntry(entry);
                zip.write(Files.readAllBytes(folder.resolve(each)));
            }
        }
    }

    private static void unpack(String name, Path folder) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(FIXTURES.resolve(name + ".zip")))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = folder.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.write(file, zip.readAllBytes());
            }
        }
    }
}
