package dev.tidemark.app.cli;

import dev.tidemark.app.format.TerminalSanitizer;
import dev.tidemark.app.model.Attachment;
import dev.tidemark.engine.Database;
import java.util.UUID;

/** Prints attachments, one per line. */
final class AttachmentPrinter {
    private final TidemarkCommand root;
    private final Database database;

    AttachmentPrinter(TidemarkCommand root) {
        this.root = root;
        this.database = root.composition().database();
    }

    /** Prints the id of a new attachment, or the attachment as JSON. */
    void added(UUID id) {
        if (root.json()) {
            database.list(Attachment.withId(id)).forEach(this::print);
        } else {
            root.output().line(id.toString());
        }
    }

    void print(Attachment attachment) {
        boolean isHere = database.blobs().isLocal(attachment.content());
        // If the file is not on this device, prints the size that the attaching device recorded.
        long size = isHere ? database.blobs().size(attachment.content()) : Math.max(0, attachment.size());
        if (root.json()) {
            root.output()
                    .json(
                            "id", attachment.id().toString(),
                            "item", attachment.itemId().toString(),
                            "name", attachment.name(),
                            "size", size,
                            "sha256", attachment.content().hex(),
                            "here", isHere);
        } else {
            root.output()
                    .message(
                            isHere ? "attachments.here" : "attachments.away",
                            attachment.id().toString(),
                            TerminalSanitizer.line(attachment.name()),
                            size);
        }
    }
}
