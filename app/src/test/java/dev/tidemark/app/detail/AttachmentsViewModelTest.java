package dev.tidemark.app.detail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.app.attachment.OpenedFileCache;
import dev.tidemark.app.detail.AttachmentsViewModel.Line;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.model.Attachment;
import dev.tidemark.app.model.Erasure;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.TwoDevices;
import dev.tidemark.app.model.UndoStack;
import dev.tidemark.engine.blob.Blobs;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.proof.Proof;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are attached on one device and opened on another: two real databases with a folder. */
class AttachmentsViewModelTest {
    @TempDir
    private Path folder;

    private final BlockingQueue<Runnable> results = new LinkedBlockingQueue<>();
    private final List<Path> opened = new ArrayList<>();
    private UndoStack steps;
    private final List<Long> progress = new ArrayList<>();
    private TwoDevices devices;
    private FolderStorage storage;
    private AttachmentsViewModel model;
    private OpenedFileCache copies;
    private UUID item;

    @BeforeEach
    void open() throws IOException {
        devices = new TwoDevices(folder);
        storage = FolderStorage.open(Files.createDirectory(folder.resolve("shared")));
        item = new Items(devices.phone()).add(NewItem.todo("Plan the trip"));
        sync();
        steps = new UndoStack(devices.phone(), InstantSource.system());
        copies = new OpenedFileCache(folder.resolve("opened"));
        model = new AttachmentsViewModel(
                devices.phone(),
                steps,
                results::add,
                SerialTaskRunner.on(Runnable::run, Runnable::run),
                SerialTaskRunner.on(Runnable::run, Runnable::run),
                new AttachmentsViewModel.Services(
                        (id, told) -> RemoteLibrary.open(devices.phone(), storage)
                                .downloadBlob(id, bytes -> {
                                    progress.add(bytes);
                                    told.accept(bytes);
                                }),
                        SerialTaskRunner.on(Runnable::run, Runnable::run),
                        copies,
                        address -> opened.add(Path.of(address))),
                ZonedDateTime::now);
        model.show(item);
    }

    @AfterEach
    void close() {
        model.close();
        storage.close();
        devices.close();
    }

    private void sync() {
        RemoteLibrary.open(devices.laptop(), storage).sync();
        RemoteLibrary.open(devices.phone(), storage).sync();
        RemoteLibrary.open(devices.laptop(), storage).sync();
    }

    private void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Runnable result = results.poll(20, TimeUnit.SECONDS);
            assertThat(result).as("another result").isNotNull();
            result.run();
        }
    }

    private Path file(String name, int size) throws IOException {
        return Files.write(folder.resolve(name), new byte[size]);
    }

    private List<String> names() {
        return model.lines().stream().map(line -> line.attachment().name()).toList();
    }

    @Test
    void attachesFilesTakesOneAwayAndPutsItBack() throws Exception {
        model.add(List.of(file("tickets.pdf", 2_000), file("map.png", 3_000)));
        await(() -> names().equals(List.of("map.png", "tickets.pdf")));
        assertThat(model.lines()).allMatch(Line::isHere);
        Attachment map = model.lines().getFirst().attachment();
        assertThat(map.size()).isEqualTo(3_000);
        model.remove(map);
        await(() -> names().equals(List.of("tickets.pdf")));
        steps.undo();
        await(() -> names().equals(List.of("map.png", "tickets.pdf")));
        assertThat(model.lines().getFirst().attachment()).isEqualTo(map);
    }

    @Test
    void whatIsOnAnotherDeviceIsFetchedWhenItIsOpened() throws Exception {
        Path original = file("tickets.pdf", 300_000);
        var content = devices.laptop().blobs().add(original);
        new Items(devices.laptop()).inTransaction(writer -> writer.attach(item, "tickets.pdf", content, 300_000));
        sync();
        await(() -> names().equals(List.of("tickets.pdf")));
        assertThat(model.lines().getFirst().isHere()).isFalse();
        model.open(model.lines().getFirst().attachment());
        await(() ->
                model.lines().getFirst().isHere() && model.lines().getFirst().downloaded() < 0);
        assertThat(opened).hasSize(1);
        assertThat(opened.getFirst()).hasFileName("tickets.pdf").hasSameBinaryContentAs(original);
        assertThat(progress).isNotEmpty();
        assertThat(model.problemProperty().get()).isNull();
    }

    @Test
    void aFileThatNoReplicaHasIsReported() throws Exception {
        var content = devices.laptop().blobs().add(file("tickets.pdf", 300));
        new Items(devices.laptop()).inTransaction(writer -> writer.attach(item, "tickets.pdf", content, 300));
        sync();
        await(() -> names().equals(List.of("tickets.pdf")));
        storage.delete("v1/blobs/" + content);
        model.save(model.lines().getFirst().attachment(), folder.resolve("copy.pdf"));
        assertThat(model.problemProperty().get()).isNotNull();
        assertThat(folder.resolve("copy.pdf")).doesNotExist();
    }

    @Proof
    @Test
    void aFileThatIsTooLargeIsRefusedWithASentence() throws Exception {
        Path large = folder.resolve("film.mkv");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(Blobs.MAX_BYTES + 1);
        }
        model.add(List.of(large));
        assertThat(model.problemProperty().get()).contains("100 M");
        assertThat(names()).isEmpty();
    }

    private Path open(String name) throws Exception {
        await(() -> names().contains(name));
        model.open(model.lines().getFirst().attachment());
        await(() -> !opened.isEmpty());
        return opened.getLast();
    }

    @Test
    void anOpenedCopyIsReadOnlyAndMarkedAsComingFromElsewhere() throws Exception {
        model.add(List.of(file("tickets.pdf", 2_000)));
        Path copy = open("tickets.pdf");
        assertThat(Files.getPosixFilePermissions(copy)).doesNotContain(PosixFilePermission.OWNER_WRITE);
        assumeTrue(Files.getFileStore(copy).supportsFileAttributeView("user"));
        assertThat(Files.getFileAttributeView(copy, UserDefinedFileAttributeView.class)
                        .list())
                .containsExactly("xdg.origin.url");
    }

    @Test
    void anOpenedCopyIsDeletedWhenAnotherDevicePurgesTheItem() throws Exception {
        model.add(List.of(file("tickets.pdf", 2_000)));
        Path copy = open("tickets.pdf");
        model.open(model.lines().getFirst().attachment());
        assertThat(opened).containsExactly(copy, copy);
        sync();
        new Items(devices.laptop()).purge(item);
        sync();
        new Erasure(devices.phone(), copies::deleteUnless).run();
        assertThat(copy.getParent()).doesNotExist();
    }

    @Test
    void openedCopiesAreDeletedWhenTheWindowCloses() throws Exception {
        model.add(List.of(file("tickets.pdf", 2_000)));
        Path copy = open("tickets.pdf");
        model.close();
        assertThat(copy).doesNotExist();
        assertThat(folder.resolve("opened")).isEmptyDirectory();
    }

    @Test
    void aPictureWithTooManyPixelsIsNotDecodedWhateverSizeItsSenderClaims() throws Exception {
        byte[] header = ByteBuffer.allocate(64)
                .putLong(0x89504e470d0a1a0aL)
                .putInt(13)
                .putInt(0x49484452)
                .putInt(30_000)
                .putInt(30_000)
                .array();
        var content = devices.phone().blobs().add(new ByteArrayInputStream(header));
        new Items(devices.phone()).inTransaction(writer -> writer.attach(item, "plan.png", content, -5));
        await(() -> names().equals(List.of("plan.png")));
        Attachment plan = model.lines().getFirst().attachment();
        List<String> decoded = new ArrayList<>();
        model.loadImageIfLocal(plan, picture -> decoded.add("small"), done -> {});
        assertThat(model.problemProperty().get()).isNull();
        model.fetchImage(plan, picture -> decoded.add("large"), done -> {});
        assertThat(model.problemProperty().get()).contains("plan.png", "50 megapixels");
        assertThat(decoded).isEmpty();
        assertThat(model.lines().getFirst().size()).isEqualTo(64);
    }

    @Test
    void aProgramIsNotOpened() throws Exception {
        model.add(List.of(file("setup.EXE", 10)));
        await(() -> names().equals(List.of("setup.EXE")));
        model.open(model.lines().getFirst().attachment());
        assertThat(opened).isEmpty();
        assertThat(model.problemProperty().get()).contains("setup.EXE");
    }
}
