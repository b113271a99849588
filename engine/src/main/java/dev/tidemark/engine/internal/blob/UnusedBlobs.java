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
 * Finds the blobs of one place that nothing has referred to for so long that they may go: see {@code
 * docs/decisions/0030-attachments-are-content-addressed-blobs.md} for why nobody can need them then.
 */
public final class UnusedBlobs {
    /** For undo, and for whoever brings back an older state. */
    public static final Duration GRACE = Duration.ofDays(30);

    private final BlobMetadata notes;
    private final Instant now;

    /** @param notes of the place */
    public UnusedBlobs(BlobMetadata notes, Instant now) {
        this.notes = notes;
        this.now = now;
    }

    /**
     * Takes note of what is unused now, and gives what may go.
     *
     * @param present what is at the place
     * @param referred what is referred to here; read before {@code held}
     * @param held what this replica has applied
     * @param acknowledged what all active replicas have acknowledged; null if only this one can need them
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
                // A clock that was set back would otherwise keep it for ever.
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
