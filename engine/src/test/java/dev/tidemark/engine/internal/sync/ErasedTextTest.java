package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ChangelogQuery;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.segment.PartFile;
import dev.tidemark.engine.internal.segment.PartName;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.internal.segment.SegmentReader;
import dev.tidemark.engine.internal.snapshot.PartReader;
import dev.tidemark.engine.internal.snapshot.SnapshotRow;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.proof.Proof;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** After garbage collection of a deleted row, its text is in no database and no file of the storage (decision 74). */
class ErasedTextTest extends CarriedFoldersFixture {
    private static final String SECRET = "a secret";

    private UUID row = new UUID(0, 0);
    private UUID library = new UUID(0, 0);

    @BeforeEach
    void begin() {
        carryDeletes();
        add("ann", "first");
        row = add("ann", SECRET + " of ann");
        add("ann", "milk");
        library = device("ann").library();
    }

    private void delete(String name) {
        write(name, "DELETE FROM todo WHERE id = ?", row);
    }

    /** A device has a day to save forms; then the others hear of it, replace their files, and remove the old ones. */
    private void daysPassAndGarbageIsCollected(int days, String... names) {
        for (int day = 0; day < days; day++) {
            daysPass(1);
            settle(names);
            collectGarbage(names);
        }
    }

    private void assertErased(String... names) throws Exception {
        for (String name : names) {
            assertThat(whereTextIs(name)).as(name).isEmpty();
            assertThat(titles(name)).as(name).contains("first", "milk").noneMatch(title -> title.contains(SECRET));
        }
    }

    /** The places with the text in the device's changelog, database and folder. */
    private List<String> whereTextIs(String name) throws Exception {
        try (Stream<Change> changes = device(name).changelog().stream(ChangelogQuery.ALL)) {
            List<String> logged = changes.filter(ErasedTextTest::hasText)
                    .map(change -> "change " + change.dot())
                    .toList();
            if (!logged.isEmpty()) {
                return logged;
            }
        }
        close(name);
        Path file = root.resolve(name).resolve("profile").resolve("library.db");
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(SECRET)) {
            return List.of(file.toString());
        }
        Path folder = folder(name);
        return names(folder).stream().filter(each -> holdsText(folder, each)).toList();
    }

    private boolean holdsText(Path folder, String name) {
        byte[] content = inside(() -> Files.readAllBytes(folder.resolve(name)));
        SegmentName segment = SegmentName.parse(name).orElse(null);
        if (segment != null) {
            SegmentReader reader = SegmentReader.open(segment, content);
            boolean found = false;
            for (Change change = reader.next(); change != null; change = reader.next()) {
                found |= hasText(change);
            }
            return found;
        }
        PartName part = PartName.parse(name).orElse(null);
        if (part != null) {
            PartFile.Owner owner = new PartFile.Owner(library, 1, part.clock(), part.replica());
            PartReader reader = PartReader.open(PartFile.read(part, owner, content));
            boolean found = false;
            for (SnapshotRow row = reader.next(); row != null; row = reader.next()) {
                found |= row.toString().contains(SECRET);
            }
            return found;
        }
        return new String(content, StandardCharsets.UTF_8).contains(SECRET);
    }

    private static boolean hasText(Change change) {
        return change.values().values().stream()
                .anyMatch(value -> value instanceof String text && text.contains(SECRET));
    }

    @Test
    void theTextOfADeletedRowGoesFromAllDatabasesAndSegments() throws Exception {
        settle("ann", "bob");
        write("bob", "UPDATE todo SET title = ? WHERE id = ?", SECRET + " of bob", row);
        settle("ann", "bob");
        delete("ann");
        settle("ann", "bob");
        assertThat(whereTextIs("ann")).isNotEmpty();

        daysPassAndGarbageIsCollected(5, "ann", "bob");
        assertErased("ann", "bob");

        settle("ann", "bob", "cid");
        assertErased("ann", "bob", "cid");
    }

    @Proof
    @Test
    void anErasedSegmentContinuesTheChainOfTheOneItReplaces() throws Exception {
        settle("ann", "bob");
        ReplicaId ann = id("ann");
        SegmentName before = segmentOf(ann, 1);
        delete("ann");
        settle("ann", "bob");
        daysPassAndGarbageIsCollected(5, "ann", "bob");
        SegmentName after = segmentOf(ann, 1);
        assertThat(after.erased()).isEqualTo(1);
        SegmentReader reader =
                SegmentReader.open(after, Files.readAllBytes(folder("ann").resolve(after.toString())));
        while (reader.next() != null) {
            if (reader.chain().equals(before.chain())) {
                return;
            }
        }
        throw new AssertionError(after + " does not continue " + before);
    }

    private SegmentName segmentOf(ReplicaId replica, long first) {
        return names(folder("ann")).stream()
                .flatMap(name -> SegmentName.parse(name).stream())
                .filter(name -> name.replica().equals(replica) && name.first() == first)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void withoutAnyOtherDeviceTheTextGoesAtOnce() throws Exception {
        delete("ann");
        collectGarbage("ann");
        assertErased("ann");
    }

    @Test
    void aLoneDeviceErasesTheTextFromItsStorage() throws Exception {
        sync("ann");
        delete("ann");
        sync("ann");
        daysPass(2);
        collectGarbage("ann");
        sync("ann");
        assertThat(device("ann").maintenance().pendingErasures()).isPositive();
        for (int hour = 0; hour < 4; hour++) {
            clock.pass(Duration.ofMinutes(62));
            sync("ann");
        }
        assertErased("ann");
        assertThat(device("ann").maintenance().pendingErasures()).isZero();
        settle("ann", "bob");
        assertErased("ann", "bob");
    }

    /** A device that has just joined is not known yet: as ever, a user decides between its edit and the delete. */
    @Test
    void anEditOfADeviceThatHasJustJoinedIsAConflictWithTheDelete() {
        sync("ann");
        copyMissing(folder("ann"), folder("bob"), name -> true);
        sync("bob");
        write("bob", "UPDATE todo SET title = 'by bob' WHERE id = ?", row);
        delete("ann");
        collectGarbage("ann");
        settle("ann", "bob");
        assertThat(conflicts("ann")).hasSize(1);
    }

    /** A clone of which the lone device does not know has edited the row: the row comes back whole. */
    @Test
    void anEditOfANewDeviceBringsBackTheWholeRowOfALoneDevice() throws Exception {
        write("ann", "UPDATE todo SET note = 'a note' WHERE id = ?", row);
        sync("ann");
        copyMissing(folder("ann"), folder("bob"), name -> true);
        sync("bob");
        write("bob", "UPDATE todo SET title = 'by bob' WHERE id = ?", row);
        delete("ann");
        daysPass(2);
        collectGarbage("ann");
        sync("ann", "bob");
        settle("ann", "bob");
        for (String name : List.of("ann", "bob")) {
            assertThat(incomplete(name)).as(name).isZero();
            if (!row(name, row).isEmpty()) {
                assertThat(row(name, row).getFirst().text("note")).as(name).isEqualTo("a note");
            }
        }
        assertThat(row("ann", row)).hasSameSizeAs(row("bob", row));
    }

    @Proof
    @Test
    void aSnapshotThatHoldsTheTextIsReplaced() throws Exception {
        Random random = new Random(1);
        UUID large = add("ann", "large");
        byte[] noise = new byte[300_000];
        for (int edit = 0; edit < 6; edit++) {
            random.nextBytes(noise);
            write("ann", "UPDATE todo SET note = ? WHERE id = ?", HexFormat.of().formatHex(noise), large);
            sync("ann");
        }
        assertThat(names(folder("ann"))).anyMatch(this::isPartWithText);
        delete("ann");
        sync("ann");
        daysPass(2);
        collectGarbage("ann");
        assertThat(device("ann").maintenance().pendingErasures()).isPositive();
        for (int day = 0; day < 9; day++) {
            sync("ann");
            daysPass(1);
        }
        sync("ann");
        assertErased("ann");
        assertThat(device("ann").maintenance().pendingErasures()).isZero();
        assertThat(names(folder("ann"))).anyMatch(name -> name.startsWith("v1/snapshots/"));
        settle("ann", "bob");
        assertErased("ann", "bob");
    }

    private boolean isPartWithText(String name) {
        return name.startsWith("v1/base/") && holdsText(folder("ann"), name);
    }

    @Proof
    @Test
    void aRetiredDeviceThatReturnsDoesNotBringTheTextBack() throws Exception {
        settle("ann", "bob", "old");
        delete("ann");
        settle("ann", "bob");
        library("ann").retire(id("old"), SyncOptions.DEFAULT);
        daysPassAndGarbageIsCollected(5, "ann", "bob");
        assertErased("ann", "bob");
        daysPassAndGarbageIsCollected(5, "ann", "bob", "old");
        assertErased("ann", "bob", "old");
    }

    @Proof
    @Test
    void theSegmentsOfARetiredDeviceLoseTheTextToo() throws Exception {
        settle("ann", "bob", "old");
        write("old", "UPDATE todo SET title = ? WHERE id = ?", SECRET + " of old", row);
        settle("ann", "bob", "old");
        library("ann").retire(id("old"), SyncOptions.DEFAULT);
        delete("ann");
        daysPassAndGarbageIsCollected(6, "ann", "bob");
        assertErased("ann", "bob");
    }

    @Proof
    @Test
    void aFileWithTheTextThatACarrierBringsBackIsRemovedAgain() throws Exception {
        settle("ann", "bob");
        delete("ann");
        settle("ann", "bob");
        takeImage("ann", "before");
        daysPassAndGarbageIsCollected(5, "ann", "bob");
        copyMissing(
                root.resolve("images").resolve("before").resolve("folder"),
                folder("ann"),
                name -> name.startsWith("v1/log/"));
        assertThat(whereTextIs("ann")).isNotEmpty();
        daysPassAndGarbageIsCollected(3, "ann", "bob");
        assertErased("ann", "bob");
    }

    /** A thousand deletes cost one upload. */
    @Test
    void manyRowsAreErasedByOneUpload() throws Exception {
        device("ann").write(tx -> {
            for (int each = 0; each < 1_000; each++) {
                tx.execute("INSERT INTO todo(id, title) VALUES (?, ?)", new UUID(3, each), SECRET + each);
            }
        });
        sync("ann");
        write("ann", "DELETE FROM todo WHERE title LIKE ?", SECRET + "%");
        sync("ann");
        daysPass(2);
        collectGarbage("ann");
        long before = segments();
        sync("ann");
        assertThat(segments() - before).isEqualTo(1);
        daysPass(1);
        sync("ann");
        assertErased("ann");
    }

    private long segments() {
        return names(folder("ann")).stream()
                .filter(name -> name.startsWith(SegmentName.FOLDER))
                .count();
    }
}
