package dev.tidemark.app.checkpoints;

import dev.tidemark.app.checkpoints.CheckpointContents.CheckpointItem;
import dev.tidemark.app.checkpoints.CheckpointContents.CheckpointList;
import dev.tidemark.app.checkpoints.CheckpointContents.ItemChange;
import dev.tidemark.app.model.Item;
import dev.tidemark.app.model.ItemList;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.SidebarQueries;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Transaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the library as it was at a checkpoint, with its differences from now or from another checkpoint. */
final class CheckpointContentsReader {
    private static final int MAX_BODY = 20_000;

    private final LibraryDifference since;
    private final Map<UUID, ItemChange> changes = new HashMap<>();
    private final Map<UUID, Set<String>> fields = new HashMap<>();

    private CheckpointContentsReader(LibraryDifference since) {
        this.since = since;
        since.rows().forEach(this::add);
    }

    /** Opens a temporary database for each checkpoint: a second or two for 100,000 changes. */
    static CheckpointContents read(Database library, Checkpoint checkpoint, @Nullable Checkpoint other) {
        try (Database then = LibraryAtCheckpoint.open(library, checkpoint)) {
            if (other == null) {
                CheckpointContentsReader reader =
                        new CheckpointContentsReader(LibraryDifference.between(then, library));
                return reader.contents(checkpoint, null, then, reader.items(then, false));
            }
            try (Database later = LibraryAtCheckpoint.open(library, other)) {
                CheckpointContentsReader reader = new CheckpointContentsReader(LibraryDifference.between(then, later));
                List<CheckpointItem> items = new ArrayList<>(reader.items(then, true));
                items.removeIf(item -> item.since() == ItemChange.SAME);
                reader.items(later, true).stream()
                        .filter(item -> item.since() == ItemChange.ADDED)
                        .forEach(items::add);
                return reader.contents(checkpoint, other, then, items);
            }
        }
    }

    private void add(Transaction.RowEdit edit) {
        UUID item = LibraryDifference.itemOf(edit);
        boolean isItem = edit.table().equals("item");
        ItemChange change = !isItem || (edit.before() != null && edit.after() != null)
                ? ItemChange.CHANGED
                : edit.before() == null ? ItemChange.ADDED : ItemChange.REMOVED;
        changes.merge(item, change, (one, two) -> one == ItemChange.CHANGED ? two : one);
        Set<String> changed = fields.computeIfAbsent(item, each -> new TreeSet<>());
        Map<String, @Nullable Object> after = edit.after();
        switch (edit.table()) {
            case "tag" -> changed.add("tags");
            case "attachment" -> changed.add("attachments");
            default -> {
                if (after != null) {
                    changed.addAll(after.keySet());
                }
            }
        }
    }

    private List<CheckpointItem> items(Database moment, boolean withTrash) {
        List<Item> items = new ArrayList<>(moment.list(ItemQueries.items(null, true, false)));
        if (withTrash) {
            items.addAll(moment.list(ItemQueries.items(null, true, true)));
        }
        return items.stream().map(this::item).toList();
    }

    private CheckpointItem item(Item item) {
        return new CheckpointItem(
                item.id(),
                item.title(),
                item.body().substring(0, Math.min(item.body().length(), MAX_BODY)),
                item.listId(),
                item.list(),
                item.done(),
                changes.getOrDefault(item.id(), ItemChange.SAME),
                List.copyOf(fields.getOrDefault(item.id(), Set.of())));
    }

    private CheckpointContents contents(
            Checkpoint checkpoint, @Nullable Checkpoint other, Database then, List<CheckpointItem> items) {
        Set<UUID> different = new HashSet<>(changes.keySet());
        List<CheckpointList> lists = then.list(SidebarQueries.lists()).stream()
                .sorted(Comparator.comparing(ItemList::name, String.CASE_INSENSITIVE_ORDER))
                .map(list -> {
                    Set<UUID> rows = LibraryAtCheckpoint.list(then, list.id());
                    return new CheckpointList(
                            list.id(), list.name(), rows, rows.stream().anyMatch(different::contains));
                })
                .toList();
        return new CheckpointContents(checkpoint, other, since, lists, items);
    }
}
