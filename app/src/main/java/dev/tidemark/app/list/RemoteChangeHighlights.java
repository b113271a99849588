package dev.tidemark.app.list;

import dev.tidemark.app.fx.Scheduler;
import dev.tidemark.app.model.ItemDetails;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.ReplicaId;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javafx.collections.FXCollections;
import javafx.collections.ObservableSet;
import org.jspecify.annotations.Nullable;

/** Highlights rows changed by another device for a second, and names the device. Belongs to the thread of the list. */
final class RemoteChangeHighlights {
    private static final Duration GLOW = Duration.ofSeconds(1);
    private static final String TABLE = "item";

    /** The maximum number of rows that are highlighted. If more rows changed at once, none is highlighted. */
    private static final int MANY = 100;

    private final Database database;
    private final UndoableItemWriter steps;
    private final Scheduler delays;
    private final Map<UUID, String> origins = new HashMap<>();
    private final ObservableSet<UUID> highlighted = FXCollections.observableSet(new HashSet<>());

    RemoteChangeHighlights(Database database, UndoableItemWriter steps, Scheduler delays) {
        this.database = database;
        this.steps = steps;
        this.delays = delays;
    }

    ObservableSet<UUID> highlighted() {
        return highlighted;
    }

    /** The name of the device whose change of this row just arrived; {@code null} if there is no such change. */
    @Nullable
    String originOf(UUID id) {
        return origins.get(id);
    }

    /**
     * Highlights each of these rows that another device changed last.
     *
     * @param arrived the new and changed rows
     */
    void highlight(List<ItemRow> arrived) {
        if (!arrived.isEmpty() && arrived.size() <= MANY) {
            List<UUID> ids = arrived.stream().map(ItemRow::id).toList();
            steps.read(() -> changedElsewhere(ids), this::showHighlights);
        }
    }

    private Map<UUID, String> changedElsewhere(List<UUID> ids) {
        ReplicaId thisReplica = database.replica();
        Map<ReplicaId, String> names = database.replicaNames();
        Map<UUID, String> foreign = new HashMap<>();
        database.origins(TABLE, ids).forEach((id, origin) -> {
            if (!origin.changedBy().equals(thisReplica)) {
                foreign.put(id, ItemDetails.deviceName(names, origin.changedBy()));
            }
        });
        return foreign;
    }

    private void showHighlights(Map<UUID, String> foreign) {
        if (!foreign.isEmpty()) {
            origins.putAll(foreign);
            highlighted.addAll(foreign.keySet());
            delays.schedule(GLOW, () -> {
                highlighted.removeAll(foreign.keySet());
                origins.keySet().removeAll(foreign.keySet());
            });
        }
    }
}
