package dev.tidemark.app.cli;

import dev.tidemark.app.attachment.SavedAttachments;
import dev.tidemark.app.format.TerminalSanitizer;
import dev.tidemark.app.model.Attachment;
import dev.tidemark.app.model.ItemLookup;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.engine.blob.Blobs;
import dev.tidemark.engine.problem.BlobException;
import dev.tidemark.engine.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Saves or removes an attachment. Saving downloads a missing file first. */
@Command(name = "attachment")
final class AttachmentCommand extends Subcommand.Group {
    /** The problems that a download solves. */
    private static final Set<Problem> ON_OTHER_DEVICES = Set.of(Problem.BLOB_NOT_HERE, Problem.BLOB_DAMAGED_HERE);

    @Command(name = "save")
    void save(
            @Parameters(paramLabel = "ATTACHMENT", descriptionKey = "attachment.id") String id,
            @Parameters(paramLabel = "FILE", arity = "0..1", descriptionKey = "attachment.file") @Nullable String file,
            @Option(names = "--replace", descriptionKey = "attachment.replace") boolean replace) {
        Attachment attachment = find(id);
        Path target = target(attachment, file);
        Path into = target.getParent();
        if (into != null && !Files.isDirectory(into)) {
            throw new ProblemException("attachment.folderMissing", into);
        }
        if (Files.exists(target) && !replace) {
            throw new ProblemException("attachment.fileExists", target);
        }
        Blobs blobs = database().blobs();
        try {
            SavedAttachments.save(blobs, attachment.content(), target);
        } catch (BlobException e) {
            if (!ON_OTHER_DEVICES.contains(e.problem())) {
                throw e;
            }
            TransferProgress progress = new TransferProgress(root().terminal());
            OpenRemote.with(root(), library -> {
                library.downloadBlob(attachment.content(), bytes -> progress.fetching(bytes, attachment.size()));
                return attachment;
            });
            SavedAttachments.save(blobs, attachment.content(), target);
        }
        if (isJson()) {
            output().json(
                            "id", attachment.id().toString(),
                            "file", target.toString());
        } else {
            output().line(TerminalSanitizer.line(target.toString()));
        }
    }

    private static Path target(Attachment attachment, @Nullable String file) {
        Path chosen = Path.of(file == null ? "" : file).toAbsolutePath();
        return Files.isDirectory(chosen) ? chosen.resolve(attachment.safeName()) : chosen;
    }

    @Command(name = "remove")
    void remove(@Parameters(paramLabel = "ATTACHMENT", descriptionKey = "attachment.id") String id) {
        Attachment attachment = find(id);
        items().inTransaction(writer -> {
            writer.detach(attachment);
            return attachment;
        });
        if (isJson()) {
            output().json(
                            "id", attachment.id().toString(),
                            "item", attachment.itemId().toString());
        }
        output().flush();
        root().erase();
    }

    private Attachment find(String start) {
        UUID id = database().read(reader -> ItemLookup.findAttachment(reader, start));
        return database()
                .optional(Attachment.withId(id))
                .orElseThrow(() -> new ProblemException("attachment.unknown", start));
    }
}
