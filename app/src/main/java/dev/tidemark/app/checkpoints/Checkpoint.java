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
 * @param device the name of the device that made it
 * @param vector the changes that the library had; {@code null} if it cannot be read, and then the checkpoint cannot be
 *     used
 * @param predecessor the checkpoint before it, {@code null} if it is the first
 * @param items the number of items that were not in the trash
 * @param total the number of all changes in the library
 * @param attribution the changes since the predecessor; {@code null} if it cannot be read
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

    /** Reads what {@link #text} wrote; {@code null} for anything else. */
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
