package dev.tidemark.app.model;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ChangelogQuery;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.VersionVector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Merges the concurrent versions of a text column of one row. The merge contains the edits of all versions. There is no
 * merge if two versions edited the same passage.
 *
 * <p>The common ancestor of two versions is the newest write that both writers had seen. If they had seen several
 * concurrent writes, the ancestor is the text that both devices showed: the merge of these writes, or the winning write
 * if there is no merge. The result depends only on the versions and the writes before them, so every device that
 * computes a merge gets the same text (decision 83). A device whose changelog may lack the ancestor computes no merge.
 */
public final class ConcurrentTexts {
    /** The writes of the column and the erased changes of the row, the newest first. */
    private final List<Change> writes;

    private final String column;
    private final VersionVector floor;

    private ConcurrentTexts(List<Change> writes, String column, VersionVector floor) {
        this.writes = writes;
        this.column = column;
        this.floor = floor;
    }

    /** Reads the changes of a row. */
    public static ConcurrentTexts of(Database database, String table, UUID row, String column) {
        // The floor is read last, so that a truncation in between can only hide the ancestor, but never lead to a wrong
        // one.
        List<Change> writes = database
                .changelog()
                .list(ChangelogQuery.ALL.row(table, row).newestFirst())
                .stream()
                .filter(change -> !change.isFromMigration())
                .filter(change ->
                        change.kind() == Change.Kind.ERASED || change.values().containsKey(column))
                .toList();
        return new ConcurrentTexts(writes, column, database.changelog().floor());
    }

    /**
     * Returns the merge of these concurrent versions. Returns empty if two of them edited the same passage, if a text
     * is too long to compare, or if the changelog may lack a write that the merge needs.
     */
    public Optional<String> merged(Collection<Dot> versions) {
        List<Change> found = versions.stream()
                .flatMap(dot -> writes.stream()
                        .filter(change -> change.dot().equals(dot))
                        .limit(1))
                .toList();
        return found.size() < versions.size() ? Optional.empty() : Optional.ofNullable(merge(found).text);
    }

    /**
     * Returns the common ancestor of two versions, as the devices showed it. Returns empty if there is no ancestor, or
     * if the changelog may lack it.
     */
    public Optional<String> ancestor(Dot one, Dot other) {
        List<Change> first = found(one);
        List<Change> second = found(other);
        return first.isEmpty() || second.isEmpty() ? Optional.empty() : ancestor(first, second.getFirst());
    }

    private List<Change> found(Dot dot) {
        return writes.stream().filter(change -> change.dot().equals(dot)).toList();
    }

    /**
     * @param text {@code null} if there is no merge
     * @param isUnknown whether there is no merge because the changelog may lack a write
     */
    private record Merged(@Nullable String text, boolean isUnknown) {
        static final Merged UNKNOWN = new Merged(null, true);
        static final Merged OVERLAPPING = new Merged(null, false);
    }

    private Merged merge(List<Change> versions) {
        if (versions.stream().anyMatch(change -> change.kind() == Change.Kind.ERASED)) {
            return Merged.UNKNOWN;
        }
        List<Change> ordered = versions.stream()
                .sorted(Comparator.comparing(Change::timestamp).reversed())
                .toList();
        List<Change> taken = new ArrayList<>(List.of(ordered.getFirst()));
        String text = text(ordered.getFirst());
        for (Change version : ordered.subList(1, ordered.size())) {
            Optional<String> ancestor = ancestor(taken, version);
            if (ancestor.isEmpty()) {
                return Merged.UNKNOWN;
            }
            TextMerge merge = TextMerge.of(ancestor.get(), text, text(version));
            if (merge.hasChoices()) {
                return Merged.OVERLAPPING;
            }
            text = merge.text(choice -> false);
            taken.add(version);
        }
        return new Merged(text, false);
    }

    private Optional<String> ancestor(List<Change> taken, Change version) {
        List<Change> common = writes.stream()
                .filter(change -> version.hasSeen(change.dot())
                        && taken.stream()
                                .anyMatch(other -> other.dot().equals(change.dot()) || other.hasSeen(change.dot())))
                .toList();
        List<Change> latest = common.stream()
                .filter(change -> common.stream().noneMatch(other -> other.hasSeen(change.dot())))
                .toList();
        if (latest.isEmpty() || !coversFloor(latest)) {
            return Optional.empty();
        }
        Merged merged = merge(latest);
        if (merged.isUnknown) {
            return Optional.empty();
        }
        return Optional.of(
                merged.text != null
                        ? merged.text
                        : text(latest.stream()
                                .max(Comparator.comparing(Change::timestamp))
                                .orElseThrow()));
    }

    /**
     * Whether these writes had seen all truncated changes, so that no truncated change is a later write of the text.
     */
    private boolean coversFloor(List<Change> latest) {
        Set<Change> within = new LinkedHashSet<>(latest);
        within.removeIf(change -> change.context().unseen().stream().anyMatch(floor::covers));
        return floor.heads().entrySet().stream().allMatch(head -> {
            Dot last = new Dot(head.getKey(), head.getValue());
            return within.stream().anyMatch(change -> change.dot().equals(last) || change.hasSeen(last));
        });
    }

    private String text(Change change) {
        return Objects.toString(change.values().get(column), "");
    }
}
