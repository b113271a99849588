package dev.tidemark.app.attachment;

import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.blob.Blobs;
import java.nio.file.Path;

/** Saves attachments to files. */
public final class SavedAttachments {
    private SavedAttachments() {}

    /**
     * Saves the content of an attachment to a file, and marks the file as coming from another computer.
     *
     * @throws dev.tidemark.engine.problem.BlobException in the cases of {@link Blobs#save}
     */
    public static void save(Blobs blobs, BlobId content, Path target) {
        blobs.save(content, target);
        MarkOfTheWeb.set(target);
    }
}
