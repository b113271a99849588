package dev.tidemark.app.main;

import dev.tidemark.app.fx.Delays;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.ReplicaId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javafx.collections.FXCollections;
import javafx.collections.ObservableSet;

/** The rows that have just come from another device: each glows for a moment. Belongs to the list's thread. */
final class Arrivals {
    private static final Duration GLOW = Duration.ofSeconds(1);
    private static final String TABLE = "item";

    /** Where more than that glow, nothing does. */
    private static final int MANY = 100;

    private final Database database;
    private final ItemSteps steps;
    private final Delays delays;
    private final ObservableSet<UUID> glowing = FXCollections.observableSet(new HashSet<>());

    Arrivals(Database database, ItemSteps steps, Delays delays) {
        this.database = database;
        this.steps = steps;
        this.delays = delays;
    }

    /** Those that glow. */
    ObservableSet<UUID> glowing() {
        return glowing;
    }

    /** Takes rows that are new or have other values; those that were changed elsewhere glow. */
    void note(List<ItemRow> arrived) {
        if (!arrived.isEmpty() && arrived.size() <= MANY) {
            List<UUID> ids = arrived.stream().map(ItemRow::id).toList();
            steps.read(() -> changedElsewhere(ids), this::glow);
        }
    }

    private Set<UUID> changedElsewhere(List<UUID> ids) {
        ReplicaId here = database.replica();
        Set<UUID> foreign = new HashSet<>();
        database.origins(TABLE, ids).forEach((id, origin) -> {
            if (!origin.changedBy().equals(here)) {
                foreign.add(id);
            }
        });
        return foreign;
    }

    private void glow(Set<UUID> foreign) {
        if (!foreign.isEmpty()) {
            glowing.addAll(foreign);
            delays.after(GLOW, () -> glowing.removeAll(foreign));
        }
    }
}
