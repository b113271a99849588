package dev.tidemark.app.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.app.attachment.OpenedFileCache;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.remote.SyncService;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A purge erases an item's text and files on every device; the changelog is tested elsewhere. */
class ErasureTest {
    private static final byte[] SCAN = "what the scan shows".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private TwoDevices devices;
    private Database laptop;
    private Database phone;
    private Items onLaptop;

    @BeforeEach
    void open() {
        devices = new TwoDevices(folder);
        laptop = devices.laptop();
        phone = devices.phone();
        onLaptop = new Items(laptop);
    }

    @AfterEach
    void close() {
        devices.close();
    }

    /**
     * The words of the index as it lies in the file; of a word, what it shares with the one before is not written
     * again.
     */
    private static boolean hasWord(Database database, String word) {
        return database
                .list(Query.of("SELECT id, block FROM item_text_data").map(row -> {
                    byte[] block = row.blob("block");
                    return new String(block == null ? new byte[0] : block, StandardCharsets.ISO_8859_1);
                }))
                .stream()
                .anyMatch(block -> block.contains(word));
    }

    private Path copies(String device) {
        return folder.resolve(device + "-opened");
    }

    private void erase(Database database, String device) {
        new Erasure(database, new OpenedFileCache(copies(device))::deleteUnless).run();
    }

    private static void attach(Database database, UUID item, BlobId content) {
        new Items(database).inTransaction(writer -> writer.attach(item, "scan.pdf", content, SCAN.length));
    }

    /** As if it had been added a while ago: what was just added may be about to be attached. */
    private BlobId added(Database database, String device) throws IOException {
        BlobId content = database.blobs().add(new ByteArrayInputStream(SCAN));
        Path file = folder.resolve(device + ".db.blobs").resolve(content.hex());
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        Path copy = Files.createDirectories(copies(device).resolve(OpenedFileCache.key(content)));
        Files.write(copy.resolve("scan.pdf"), SCAN);
        return content;
    }

    @Test
    void theWordsOfAPurgedItemLeaveTheFullTextIndexOfEachDevice() {
        UUID secret = onLaptop.add(NewItem.note("Xylophone").withBody("quetzal"));
        onLaptop.add(NewItem.todo("Buy milk"));
        devices.sync();
        onLaptop.purge(secret);
        devices.sync();
        erase(laptop, "laptop");
        erase(phone, "phone");
        for (Database device : new Database[] {laptop, phone}) {
            assertThat(hasWord(device, "ylophone")).isFalse();
            assertThat(hasWord(device, "uetzal")).isFalse();
            assertThat(hasWord(device, "milk")).isTrue();
            assertThat(device.list(Erasure.due())).isEmpty();
        }
    }

    @Test
    void theFilesOfAPurgedItemAndTheirOpenedCopiesLeaveEachDevice() throws IOException {
        UUID secret = onLaptop.add(NewItem.note("Xylophone"));
        BlobId content = added(laptop, "laptop");
        added(phone, "phone");
        attach(laptop, secret, content);
        devices.sync();
        onLaptop.purge(secret);
        devices.sync();
        erase(laptop, "laptop");
        erase(phone, "phone");
        for (Database device : new Database[] {laptop, phone}) {
            assertThat(device.blobs().isLocal(content)).isFalse();
        }
        assertThat(copies("laptop")).isEmptyDirectory();
        assertThat(copies("phone")).isEmptyDirectory();
    }

    @Test
    void aFileThatAnotherItemHasStaysWithItsOpenedCopy() throws IOException {
        UUID secret = onLaptop.add(NewItem.note("Xylophone"));
        UUID other = onLaptop.add(NewItem.note("Another"));
        BlobId content = added(laptop, "laptop");
        attach(laptop, secret, content);
        attach(laptop, other, content);
        onLaptop.purge(secret);
        erase(laptop, "laptop");
        assertThat(laptop.blobs().isLocal(content)).isTrue();
        assertThat(copies("laptop").resolve(OpenedFileCache.key(content))).isNotEmptyDirectory();
    }

    @Test
    void aFileThatWasTakenAwayBeforeLeavesWithItsItem() throws IOException {
        UUID secret = onLaptop.add(NewItem.note("Xylophone"));
        BlobId content = added(laptop, "laptop");
        attach(laptop, secret, content);
        onLaptop.inTransaction(writer -> {
            laptop.list(Attachment.of(secret)).forEach(writer::detach);
            return null;
        });
        erase(laptop, "laptop");
        assertThat(laptop.blobs().isLocal(content)).isTrue();
        assertThat(copies("laptop")).isEmptyDirectory();
        onLaptop.purge(secret);
        erase(laptop, "laptop");
        assertThat(laptop.blobs().isLocal(content)).isFalse();
    }

    @Test
    void aFileAddedJustNowIsErasedTheNextTime() throws IOException {
        UUID secret = onLaptop.add(NewItem.note("Xylophone"));
        BlobId content = laptop.blobs().add(new ByteArrayInputStream(SCAN));
        attach(laptop, secret, content);
        onLaptop.purge(secret);
        erase(laptop, "laptop");
        assertThat(laptop.blobs().isLocal(content)).isTrue();
        added(laptop, "laptop");
        Path file = folder.resolve("laptop.db.blobs").resolve(content.hex());
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        erase(laptop, "laptop");
        assertThat(laptop.blobs().isLocal(content)).isFalse();
        assertThat(laptop.list(Erasure.due())).isEmpty();
    }

    @Test
    void anItemThatCameBackIsNotErased() throws IOException {
        UUID item = onLaptop.add(NewItem.note("Xylophone"));
        BlobId content = added(laptop, "laptop");
        attach(laptop, item, content);
        devices.sync();
        onLaptop.purge(item);
        new Items(phone).setTitle(item, "Xylophones");
        devices.sync();
        erase(laptop, "laptop");
        assertThat(hasWord(laptop, "ylophone")).isTrue();
        assertThat(laptop.list(Erasure.due())).isEmpty();
    }

    @Test
    void anUndoneAddIsNotErasedAndRedoBringsItsAttachmentBack() throws IOException {
        BlobId content = added(laptop, "laptop");
        UndoStack stack = new UndoStack(laptop, InstantSource.system());
        UUID item = new Items(stack).inTransaction(writer -> {
            UUID note = writer.add(NewItem.note("Xylophone"));
            writer.attach(note, "scan.pdf", content, SCAN.length);
            return note;
        });
        stack.undo();
        assertThat(PurgeStatus.of(laptop, SyncService.History.of(laptop, "")).items())
                .isZero();
        erase(laptop, "laptop");
        stack.redo();
        assertThat(laptop.list(Attachment.of(item))).hasSize(1);
        assertThat(laptop.blobs().isLocal(content)).isTrue();
        onLaptop.purge(item);
        erase(laptop, "laptop");
        assertThat(laptop.blobs().isLocal(content)).isFalse();
    }

    @Test
    void aDeleteChosenInAConflictErasesNothingThatUndoBringsBack() throws IOException {
        UUID item = onLaptop.add(NewItem.note("Xylophone"));
        BlobId content = added(laptop, "laptop");
        attach(laptop, item, content);
        devices.sync();
        onLaptop.purge(item);
        new Items(phone).setTitle(item, "Xylophones");
        devices.sync();
        ReinsertedItems.complete(laptop);
        UndoStack stack = new UndoStack(laptop, InstantSource.system());
        stack.write(null, transaction -> transaction.delete("item", item));
        assertThat(laptop.list(Attachment.of(item))).isEmpty();
        erase(laptop, "laptop");
        stack.undo();
        assertThat(laptop.list(Attachment.of(item))).hasSize(1);
        assertThat(laptop.blobs().isLocal(content)).isTrue();
    }

    @Test
    void anAttachmentTakenAwayIsNoted() {
        UUID item = onLaptop.add(NewItem.note("Xylophone"));
        attach(laptop, item, laptop.blobs().add(new ByteArrayInputStream(SCAN)));
        assertThat(laptop.list(Erasure.notes())).containsExactly(0L);
        onLaptop.inTransaction(writer -> {
            laptop.list(Attachment.of(item)).forEach(writer::detach);
            return null;
        });
        assertThat(laptop.list(Erasure.notes())).containsExactly(1L);
    }

    @Test
    void aCopyThatCannotBeDeletedIsSaidAfterAllElseIsErased() throws IOException {
        UUID secret = onLaptop.add(NewItem.note("Xylophone"));
        BlobId content = added(laptop, "laptop");
        attach(laptop, secret, content);
        Path stuck = copies("laptop").resolve("0000");
        Files.createDirectories(stuck.resolve("folder/file"));
        onLaptop.purge(secret);
        assertThatThrownBy(() -> erase(laptop, "laptop"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(stuck.toString());
        assertThat(copies("laptop")).isDirectoryNotContaining("glob:**/" + OpenedFileCache.key(content));
        assertThat(laptop.blobs().isLocal(content)).isFalse();
        assertThat(laptop.list(Erasure.due())).isEmpty();
    }
}
