package dev.tidemark.app.detail;

import dev.tidemark.app.attachment.DecodableImage;
import dev.tidemark.app.attachment.OpenableFileTypes;
import dev.tidemark.app.attachment.OpenedFileCache;
import dev.tidemark.app.attachment.SavedAttachments;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.model.Attachment;
import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.model.TransactionRunner;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Subscription;
import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.problem.BlobException;
import dev.tidemark.engine.problem.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/**
 * Lists the open item's attachments, and adds, removes, opens and saves them. Belongs to the thread of its executor.
 */
public final class AttachmentsViewModel implements AutoCloseable {
    /** The problems with a local blob that a download from the storage solves. */
    private static final Set<Problem> ON_OTHER_DEVICES = Set.of(Problem.BLOB_NOT_HERE, Problem.BLOB_DAMAGED_HERE);

    /** The maximum number of progress updates per download. */
    private static final int STEPS = 100;

    /**
     * The minimum number of bytes between two progress updates. It limits the number of updates of a download that is
     * longer than the recorded size of the attachment.
     */
    private static final long LEAST_STEP = 64 << 10;

    private final Database database;
    private final Items items;
    private final Executor executor;
    private final SerialTaskRunner background;
    private final SerialTaskRunner files;
    private final Services services;
    private final Supplier<ZonedDateTime> clock;
    private final ObservableList<Line> lines = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<@Nullable String> problem = new ReadOnlyObjectWrapper<>();
    private final Map<BlobId, Long> downloaded = new HashMap<>();
    private Consumer<Callable<?>> removalRunner;
    private @Nullable UUID item;
    private Subscription subscription = () -> {};
    private volatile boolean closed;
    private Consumer<Throwable> afterClose = failure -> {};

    /**
     * The services that attachments need.
     *
     * @param fetcher downloads a blob from the storage and returns when the blob is complete. It passes the number of
     *     downloaded bytes to its second argument, on the calling thread. An exception from this argument cancels the
     *     download
     * @param downloads runs downloads, which may wait for the storage without a time limit
     * @param copies the copies of attachments that other programs open
     * @param opener opens a file or an address with the system's default program
     */
    public record Services(
            BiConsumer<BlobId, LongConsumer> fetcher,
            SerialTaskRunner downloads,
            OpenedFileCache copies,
            Consumer<URI> opener) {}

    /**
     * An attachment as shown.
     *
     * @param isHere whether the content of the attachment is on this device
     * @param size the size of the content in bytes. Until the content is on this device, the size that the attaching
     *     device recorded
     * @param downloaded the number of bytes downloaded so far; negative if no download runs
     */
    public record Line(Attachment attachment, boolean isHere, long size, long downloaded) {}

    private record Copies(Map<NewAttachment, BlobId> contents, List<Throwable> failures) {}

    /** Cancels a download when the view model is closed. */
    private static final class TransferCancelledException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TransferCancelledException() {
            super("The window was closed", null, false, false);
        }
    }

    /**
     * @param background runs commands in the order of the calls
     * @param files copies files, which can take long
     */
    public AttachmentsViewModel(
            Database database,
            TransactionRunner writes,
            Executor executor,
            SerialTaskRunner background,
            SerialTaskRunner files,
            Services services,
            Supplier<ZonedDateTime> clock) {
        this.database = database;
        this.items = new Items(writes);
        this.executor = executor;
        this.background = background;
        removalRunner = command -> background.run(command, done -> {}, this::failed);
        this.files = files;
        this.services = services;
        this.clock = clock;
    }

    /** Sets the function that runs the command to remove an attachment. The function can offer to undo the command. */
    public void setRemovalRunner(Consumer<Callable<?>> runner) {
        removalRunner = runner;
    }

    /** The attachments of the open item, ordered by name. */
    ObservableList<Line> lines() {
        return lines;
    }

    /** The last error message; {@code null} again once the user starts another action. */
    ReadOnlyObjectProperty<@Nullable String> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    public void show(@Nullable UUID id) {
        if (Objects.equals(id, item)) {
            return;
        }
        subscription.close();
        item = id;
        problem.set(null);
        lines.clear();
        if (id != null) {
            subscription = database.subscribe(
                    Attachment.of(id),
                    executor,
                    result -> {
                        if (id.equals(item)) {
                            fill(result.rows());
                        }
                    },
                    this::failed);
        }
    }

    private void fill(List<Attachment> attachments) {
        lines.setAll(attachments.stream().map(this::line).toList());
    }

    private Line line(Attachment attachment) {
        BlobId content = attachment.content();
        boolean isHere = database.blobs().isLocal(content);
        long size = isHere ? database.blobs().size(content) : Math.max(0, attachment.size());
        return new Line(attachment, isHere, size, downloaded.getOrDefault(content, -1L));
    }

    private void refresh() {
        fill(lines.stream().map(Line::attachment).toList());
    }

    public void add(List<Path> chosen) {
        add(chosen.stream().map(NewAttachment::of).toList(), names -> {});
    }

    /**
     * Attaches a picture that has no file, such as a screenshot, under a new name.
     *
     * @param pixels the pixels as {@link dev.tidemark.app.fx.PngEncoder#of} expects them
     * @param done receives the name
     */
    void addPicture(int[] pixels, int width, int height, Consumer<List<String>> done) {
        Set<String> taken = lines.stream().map(line -> line.attachment().name()).collect(Collectors.toSet());
        add(List.of(NewAttachment.picture(pixels, width, height, clock.get(), taken)), done);
    }

    /**
     * Attaches files to the open item.
     *
     * @param done receives the names of the attached files
     */
    void add(List<NewAttachment> chosen, Consumer<List<String>> done) {
        UUID target = item;
        if (target == null) {
            return;
        }
        problem.set(null);
        files.run(
                () -> copy(chosen),
                copies -> {
                    background.run(() -> attach(target, copies.contents()), done, this::failed);
                    copies.failures().forEach(this::failed);
                },
                this::failed);
    }

    /** Copies the files into the blob store. A file that cannot be read does not stop the others. */
    private Copies copy(List<NewAttachment> chosen) {
        Copies copies = new Copies(new LinkedHashMap<>(), new ArrayList<>());
        for (NewAttachment file : chosen) {
            try {
                copies.contents().put(file, file.store().apply(database.blobs()));
            } catch (BlobException e) {
                copies.failures().add(e);
            }
        }
        return copies;
    }

    /** Attaches all files in one transaction, so that they are one undo step. */
    private List<String> attach(UUID target, Map<NewAttachment, BlobId> contents) {
        return items.inTransaction(writer -> {
            contents.forEach((file, content) ->
                    writer.attach(target, file.name(), content, database.blobs().size(content)));
            return contents.keySet().stream().map(NewAttachment::name).toList();
        });
    }

    /** Removes an attachment. Its blob stays for a month, so that undo can restore the attachment. */
    void remove(Attachment attachment) {
        removalRunner.accept(() -> items.inTransaction(writer -> {
            writer.detach(attachment);
            return attachment;
        }));
    }

    /** Opens an attachment with the system's default program, after a download if necessary. */
    void open(Attachment attachment) {
        if (!OpenableFileTypes.contain(attachment.safeName())) {
            failed(new ProblemException("attachment.onlySaved", attachment.safeName()));
            return;
        }
        fetched(attachment, () -> copy(attachment), file -> services.opener().accept(file.toUri()));
    }

    /**
     * Loads a picture, after a download if necessary.
     *
     * @param decode decodes the picture. Runs on the thread of {@code files}, or of the downloads if the picture must
     *     be downloaded
     * @param onLoaded receives the decoded picture
     */
    <T> void fetchImage(Attachment attachment, Function<DecodableImage, T> decode, Consumer<T> onLoaded) {
        fetched(attachment, () -> decode.apply(picture(attachment)), onLoaded);
    }

    /** Loads a picture that is on this device. Does nothing if the picture cannot be decoded. */
    <T> void loadImageIfLocal(Attachment attachment, Function<DecodableImage, T> decode, Consumer<T> onLoaded) {
        files.run(() -> decode.apply(picture(attachment)), onLoaded, failure -> {
            if (!(failure instanceof ProblemException)) {
                failed(failure);
            }
        });
    }

    private DecodableImage picture(Attachment attachment) throws IOException {
        return DecodableImage.of(copy(attachment), attachment.safeName());
    }

    private Path copy(Attachment attachment) throws IOException {
        services.copies().save(database.blobs(), attachment);
        return services.copies().of(attachment);
    }

    public void deleteCopies() {
        files.run(services.copies()::deleteAll, this::failed);
    }

    /** Saves an attachment to a file, after a download if necessary. */
    void save(Attachment attachment, Path target) {
        fetched(
                attachment,
                () -> {
                    SavedAttachments.save(database.blobs(), attachment.content(), target);
                    return target;
                },
                saved -> {});
    }

    private <T> void fetched(Attachment attachment, Callable<T> saving, Consumer<T> done) {
        problem.set(null);
        SerialTaskRunner runner = database.blobs().isLocal(attachment.content()) ? files : services.downloads();
        runner.run(
                () -> {
                    try {
                        return saving.call();
                    } catch (BlobException e) {
                        if (!ON_OTHER_DEVICES.contains(e.problem())) {
                            throw e;
                        }
                        fetch(attachment);
                        return saving.call();
                    }
                },
                saved -> {
                    downloaded.remove(attachment.content());
                    refresh();
                    done.accept(saved);
                },
                failure -> {
                    downloaded.remove(attachment.content());
                    refresh();
                    failed(failure);
                });
    }

    private void fetch(Attachment attachment) {
        BlobId content = attachment.content();
        AtomicLong reported = new AtomicLong();
        long step = Math.max(LEAST_STEP, attachment.size() / STEPS);
        reportProgress(content, 0);
        services.fetcher().accept(content, bytes -> {
            requireOpen();
            if (bytes - reported.get() > step) {
                reported.set(bytes);
                reportProgress(content, bytes);
            }
        });
    }

    private void requireOpen() {
        if (closed) {
            throw new TransferCancelledException();
        }
    }

    private void reportProgress(BlobId content, long bytes) {
        executor.execute(() -> {
            downloaded.put(content, bytes);
            refresh();
        });
    }

    private void failed(Throwable failure) {
        if (!(failure instanceof TransferCancelledException)) {
            problem.set(ErrorMessages.of(failure));
            if (closed) {
                afterClose.accept(failure);
            }
        }
    }

    /** Sets the listener for errors that occur after {@link #close}. */
    public void whenClosed(Consumer<Throwable> listener) {
        afterClose = listener;
    }

    /**
     * Cancels the running downloads and deletes all opened copies. A cancelled download resumes when the user opens the
     * attachment again.
     */
    @Override
    public void close() {
        closed = true;
        subscription.close();
        deleteCopies();
    }
}
