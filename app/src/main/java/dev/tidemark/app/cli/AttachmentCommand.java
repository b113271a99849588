package dev.tidemark.app.cli;

import dev.tidemark.app.attachment.SavedAttachments;
import dev.tidemark.app.format.TerminalSanitizer;
import dev.tidemark.app.model.Attachment;
import dev.tidemark.app.model.ItemLookup;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Problem;
import dev.tidemark.engine.blob.BlobException;
import dev.tidemark.engine.blob.Blobs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Saves or removes an attachment. Saving downloads a missing file first. */
@Command(name = "attachment")
final class AttachmentCommand implements Runnable {
    /** The problems that a download solves. */
    private static final Set<Problem> ON_OTHER_DEVICES = Set.of(Problem.BLOB_NOT_HERE, Problem.BLOB_DAMAGED_HERE);

    private final TidemarkCommand root;

    @Spec
    private @Nullable CommandSpec spec;

    AttachmentCommand(TidemarkCommand root) {
        this.root = root;
    }

    @Override
    public void run() {
        if (spec == null) {
            throw new IllegalStateException("Picocli sets the specification");
        }
        throw new ParameterException(spec.commandLine(), CliMessages.get("usage.noCommand"));
    }

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
        Blobs blobs = root.composition().database().blobs();
        try {
            SavedAttachments.save(blobs, attachment.content(), target);
        } catch (BlobException e) {
            if (!ON_OTHER_DEVICES.contains(e.problem())) {
                throw e;
            }
            TransferProgress progress = new TransferProgress(root.terminal());
            OpenRemote.with(root, library -> {
                library.downloadBlob(attachment.content(), bytes -> progress.fetching(bytes, attachment.size()));
                return attachment;
            });
            SavedAttachments.save(blobs, attachment.content(), target);
        }
        if (root.json()) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("id", attachment.id().toString());
            fields.put("file", target.toString());
            root.output().json(fields);
        } else {
            root.output().line(TerminalSanitizer.line(target.toString()));
        }
    }

    private static Path target(Attachment attachment, @Nullable String file) {
        Path chosen = Path.of(file == null ? "" : file).toAbsolutePath();
        return Files.isDirectory(chosen) ? chosen.resolve(attachment.safeName()) : chosen;
    }

    @Command(name = "remove")
    void remove(@Parameters(paramLabel = "ATTACHMENT", descriptionKey = "attachment.id") String id) {
        Attachment attachment = find(id);
        new Items(root.composition().database()).inTransaction(writer -> {
            writer.detach(attachment);
            return attachment;
        });
        if (root.json()) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("id", attachment.id().toString());
            fields.put("item", attachment.itemId().toString());
            root.output().json(fields);
        }
        root.output().flush();
        root.erase();
    }

    private Attachment find(String start) {
        Database database = root.composition().database();
        UUID id = database.read(reader -> ItemLookup.findAttachment(reader, start));
        return database.list(Attachment.withId(id)).stream()
                .findFirst()
                .orElseThrow(() -> new ProblemException("attachment.unknown", start));
    }
}
