package dev.tidemark.app.list;

import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.ItemWriter;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Attaches dropped files to an item, or adds them as items. All files of one drop are one undo step. Skips files that
 * cannot be read. A message names the first of these and counts the others. Belongs to the thread that runs the
 * callbacks of {@code files}.
 */
public record DroppedFiles(
        Database database, SerialTaskRunner files, UndoableItemWriter steps, Consumer<Throwable> failed) {
    private static final Logger LOG = LoggerFactory.getLogger(DroppedFiles.class);
    private static final Set<String> TEXTS = Set.of("md", "markdown", "txt");

    /**
     * The maximum size in bytes of a text file that becomes a note. A longer file is probably data, so it is attached.
     */
    private static final long MAX_TEXT_LENGTH = 1 << 20;

    /**
     * A file that was read.
     *
     * @param text the text of a file that becomes a note, otherwise {@code null}
     * @param content the id of the copy in the blob store; {@code null} for a note
     * @param size the size of the copy in bytes
     */
    private record Copy(
            String name, @Nullable String text, @Nullable BlobId content, long size) {}

    private record Copies(List<Copy> read, @Nullable String problem) {}

    public void attach(UUID item, List<Path> dropped) {
        read(
                dropped,
                false,
                copies -> steps.runWithUndo(writer -> {
                    copies.read().forEach(copy -> attach(writer, item, copy));
                    return message(copies, Keys.TOAST_ATTACHED);
                }));
    }

    /** Adds each text file as a note, and each other file as an item with an attachment. */
    public void add(List<Path> dropped, ItemSource into) {
        read(
                dropped,
                true,
                copies -> steps.runWithUndo(writer -> {
                    copies.read().reversed().forEach(copy -> add(writer, copy, into));
                    return message(copies, Keys.TOAST_ADDED);
                }));
    }

    private static void add(ItemWriter writer, Copy copy, ItemSource into) {
        if (copy.text() != null) {
            writer.add(ItemCommands.note(withoutEnding(copy.name()), copy.text(), into));
        } else {
            attach(writer, writer.add(ItemCommands.plain(copy.name(), into)), copy);
        }
    }

    private static void attach(ItemWriter writer, UUID item, Copy copy) {
        writer.attach(item, copy.name(), Objects.requireNonNull(copy.content()), copy.size());
    }

    private static String message(Copies copies, String key) {
        return copies.problem() != null
                ? copies.problem()
                : Messages.text(key, copies.read().size());
    }

    private void read(List<Path> dropped, boolean asTexts, Consumer<Copies> done) {
        files.run(
                () -> {
                    List<Copy> read = new ArrayList<>();
                    List<String> problems = new ArrayList<>();
                    for (Path file : dropped) {
                        try {
                            read.add(read(file, asTexts));
                        } catch (IOException | RuntimeException e) {
                            LOG.info("A dropped file cannot be added", e);
                            problems.add(Messages.text(Keys.TOAST_NOT_ADDED, name(file), ErrorMessages.of(e)));
                        }
                    }
                    return new Copies(read, together(problems));
                },
                copies -> {
                    if (!copies.read().isEmpty()) {
                        done.accept(copies);
                    } else if (copies.problem() != null) {
                        steps.showMessage(copies.problem());
                    }
                },
                failed);
    }

    /** Returns a message with the first failure and the number of others; {@code null} if there is no failure. */
    private static @Nullable String together(List<String> problems) {
        return switch (problems.size()) {
            case 0 -> null;
            case 1 -> problems.getFirst();
            default -> Messages.text(Keys.TOAST_NOT_ADDED_EITHER, problems.getFirst(), problems.size() - 1);
        };
    }

    private Copy read(Path file, boolean asTexts) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(Messages.text(Keys.TOAST_FOLDER));
        }
        if (asTexts && TEXTS.contains(ending(name(file))) && Files.size(file) <= MAX_TEXT_LENGTH) {
            try {
                String text = Files.readString(file).replace("\r\n", "\n").replace("\ufeff", "");
                return new Copy(name(file), text, null, 0);
            } catch (CharacterCodingException e) {
                // The file is not valid UTF-8, so it is attached unchanged.
                return copy(file);
            }
        }
        return copy(file);
    }

    private Copy copy(Path file) {
        BlobId content = database.blobs().add(file);
        return new Copy(name(file), null, content, database.blobs().size(content));
    }

    private static String name(Path file) {
        return Objects.toString(file.getFileName(), "");
    }

    /** Returns the extension in lower case; empty for a name without a dot or with only a leading dot. */
    private static String ending(String name) {
        int point = name.lastIndexOf('.');
        return point > 0 ? name.substring(point + 1).toLowerCase(Locale.ROOT) : "";
    }

    private static String withoutEnding(String name) {
        return name.substring(0, name.lastIndexOf('.'));
    }
}
