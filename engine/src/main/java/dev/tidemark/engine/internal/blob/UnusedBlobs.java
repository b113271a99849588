package dev.tidemark.engine.internal.blob;

import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.blob.BlobMetadata.Kind;
import dev.tidemark.engine.internal.blob.BlobMetadata.Note;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the blobs of one location that garbage collection may remove, because no row has referred to them for
 * {@link #GRACE}. Decision 30 proves that no replica can need them.
 */
public record UnusedBlobs(BlobMetadata notes, Instant now) {
    /**
     * How long a blob must have been unreferenced before it may be removed. Until then, undo and restored backups find
     * it.
     */
    public static final Duration GRACE = Duration.ofDays(30);

    /**
     * Records which blobs are unreferenced now, and returns those that may be removed.
     *
     * @param present the blobs at the location
     * @param referred the blobs that rows refer to. The caller must read them before {@code held}.
     * @param held the changes that this replica has applied
     * @param acknowledged the changes that all active replicas have acknowledged; {@code null} if only this replica
     *     uses the location
     */
    public List<BlobId> removable(
            Collection<BlobId> present,
            Set<BlobId> referred,
            VersionVector held,
            @Nullable VersionVector acknowledged) {
        Map<BlobId, Note> known = notes.all(Kind.UNUSED);
        Map<BlobId, Note> made = new HashMap<>();
        List<BlobId> removable = new ArrayList<>();
        for (BlobId id : present) {
            if (referred.contains(id)) {
                continue;
            }
            Note note = known.remove(id);
            if (note == null || note.at().isAfter(now)) {
                // The clock was set back after this note was made. Without a new note, the blob would be retained for
                // too long.
                made.put(id, new Note(now, text(held)));
            } else if (!now.isBefore(note.at().plus(GRACE))
                    && (acknowledged == null || acknowledged.covers(vector(note.text())))) {
                removable.add(id);
            }
        }
        notes.update(Kind.UNUSED, made, known.keySet());
        return removable;
    }

    private static String text(VersionVector vector) {
        return vector.heads().entrySet().stream()
                .map(head -> head.getKey() + ":" + head.getValue())
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private static VersionVector vector(String text) {
        Map<ReplicaId, Long> heads = new HashMap<>();
        for (String head : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
            int colon = head.indexOf(':');
            heads.put(ReplicaId.parse(head.substring(0, colon)), Long.parseLong(head.substring(colon + 1)));
        }
        return VersionVector.of(heads);
    }
}
