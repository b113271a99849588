package dev.tidemark.app.checkpoints;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A named point in the history of the library. Immutable.
 *
 * @param device the name of the device that made the checkpoint
 * @param vector the changes that the library had; {@code null} if the stored vector is unreadable, which makes the
 *     checkpoint unusable
 * @param predecessor the previous checkpoint; {@code null} for the first checkpoint
 * @param items the number of items that were not in the trash
 * @param total the number of all changes in the library
 * @param attribution the changes since the predecessor; {@code null} if the stored attribution is unreadable
 */
public record Checkpoint(
        UUID id,
        String name,
        String description,
        Instant at,
        String device,
        @Nullable VersionVector vector,
        @Nullable UUID predecessor,
        long items,
        long total,
        @Nullable Attribution attribution) {
    private static final Pattern HEAD = Pattern.compile("([0-3][0-9a-f]{15}):([1-9][0-9]{0,17})");

    static String text(VersionVector vector) {
        return vector.heads().entrySet().stream()
                .map(head -> head.getKey() + ":" + head.getValue())
                .collect(Collectors.joining(" "));
    }

    /** Parses the result of {@link #text}; returns {@code null} for any other text. */
    static @Nullable VersionVector vector(String text) {
        Map<ReplicaId, Long> heads = new HashMap<>();
        for (String head : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
            Matcher parts = HEAD.matcher(head);
            if (!parts.matches()) {
                return null;
            }
            heads.put(ReplicaId.parse(parts.group(1)), Long.parseLong(parts.group(2)));
        }
        return VersionVector.of(heads);
    }
}
