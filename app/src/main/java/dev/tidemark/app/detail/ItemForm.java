package dev.tidemark.app.detail;

import dev.tidemark.app.model.Item;
import dev.tidemark.engine.history.RowHistory;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Holds the open item of the detail pane and the texts that the user edits. Belongs to the thread of the view model.
 */
final class ItemForm {
    private final UUID id;
    private final EditedText title;
    private final EditedText body;
    final ReadOnlyObjectWrapper<Item> item;
    final ReadOnlyObjectWrapper<RowHistory.@Nullable Origin> origin = new ReadOnlyObjectWrapper<>();
    final ReadOnlyObjectWrapper<List<LosingVersion>> losingVersions = new ReadOnlyObjectWrapper<>(List.of());
    final ReadOnlyObjectWrapper<Set<String>> mergedWith = new ReadOnlyObjectWrapper<>(Set.of());
    final ReadOnlyObjectWrapper<Boolean> deleted = new ReadOnlyObjectWrapper<>(false);
    final ReadOnlyObjectWrapper<@Nullable String> problem = new ReadOnlyObjectWrapper<>();

    ItemForm(Item item, EditedText title, EditedText body) {
        this.id = item.id();
        this.item = new ReadOnlyObjectWrapper<>(item);
        this.title = title;
        this.body = body;
    }

    UUID id() {
        return id;
    }

    EditedText title() {
        return title;
    }

    EditedText body() {
        return body;
    }

    /** The item as stored, without unsaved input. */
    ReadOnlyObjectProperty<Item> itemProperty() {
        return item.getReadOnlyProperty();
    }

    /** The devices and times of the creation and the last change; {@code null} until looked up. */
    ReadOnlyObjectProperty<RowHistory.@Nullable Origin> originProperty() {
        return origin.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<List<LosingVersion>> losingVersionsProperty() {
        return losingVersions.getReadOnlyProperty();
    }

    /** The names of the other devices whose concurrent changes are merged into the shown text. */
    ReadOnlyObjectProperty<Set<String>> mergedWithProperty() {
        return mergedWith.getReadOnlyProperty();
    }

    /** Whether the item was permanently deleted while open. */
    ReadOnlyObjectProperty<Boolean> deletedProperty() {
        return deleted.getReadOnlyProperty();
    }

    /** The error message of the last save; {@code null} if the save succeeded. */
    ReadOnlyObjectProperty<@Nullable String> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    void flush() {
        title.flush();
        body.flush();
    }
}
