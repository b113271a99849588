package dev.tidemark.app.shell;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.list.DragGesture;
import dev.tidemark.app.list.DroppedFiles;
import dev.tidemark.app.list.ItemCell;
import dev.tidemark.app.list.ItemCommands;
import dev.tidemark.app.list.ItemListPane;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.sidebar.SidebarEntry;
import dev.tidemark.resources.Styles;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.input.DragEvent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.TransferMode;
import org.jspecify.annotations.Nullable;

/**
 * Accepts text and files that the user drags from other programs onto the list or the sidebar, and marks the drop
 * target. {@link DragGesture} handles drags within the window.
 */
final class ExternalDrops {
    private final ItemCommands items;
    private final DroppedFiles files;
    private final Supplier<ItemSource> shown;
    private @Nullable Node marked;

    private record Target(Node node, @Nullable ItemRow row, ItemSource view) {}

    /** @param window the root of the scene */
    ExternalDrops(Node window, ItemCommands items, DroppedFiles files, Supplier<ItemSource> shown) {
        this.items = items;
        this.files = files;
        this.shown = shown;
        window.addEventHandler(DragEvent.DRAG_OVER, this::over);
        window.addEventHandler(DragEvent.DRAG_DROPPED, this::dropped);
        window.addEventHandler(DragEvent.DRAG_EXITED, event -> mark(null));
    }

    private void over(DragEvent event) {
        Target target = target(event);
        mark(target == null ? null : target.node());
        if (target != null) {
            event.acceptTransferModes(TransferMode.COPY);
            event.consume();
        }
    }

    private void dropped(DragEvent event) {
        Target target = target(event);
        mark(null);
        if (target == null) {
            return;
        }
        Dragboard dragged = event.getDragboard();
        if (dragged.hasFiles()) {
            List<Path> paths = dragged.getFiles().stream().map(File::toPath).toList();
            if (target.row() != null) {
                files.attach(target.row().id(), paths);
            } else {
                files.add(paths, target.view());
            }
        } else {
            items.addLines(dragged.getString(), target.view());
        }
        event.setDropCompleted(true);
        event.consume();
    }

    private void mark(@Nullable Node node) {
        if (marked != null && !marked.equals(node)) {
            Controls.toggleStyle(marked, Styles.DROP_INTO, false);
        }
        marked = node;
        if (node != null) {
            Controls.toggleStyle(node, Styles.DROP_INTO, true);
        }
    }

    /**
     * Returns the drop target: for files the item under the pointer, otherwise the view; {@code null} if nothing can be
     * dropped there.
     */
    private @Nullable Target target(DragEvent event) {
        boolean hasFiles = event.getDragboard().hasFiles();
        if (!hasFiles && !event.getDragboard().hasString()) {
            return null;
        }
        Node at = event.getPickResult().getIntersectedNode();
        while (at != null) {
            if (hasFiles && at instanceof ItemCell cell && cell.getItem() != null) {
                return cell.getItem().trashed() ? null : new Target(cell, cell.getItem(), shown.get());
            } else if (at instanceof SidebarEntry entry) {
                return into(entry, entry.view());
            } else if (at instanceof ItemListPane pane) {
                return into(pane.dropTarget(), shown.get());
            }
            at = at.getParent();
        }
        return null;
    }

    private static @Nullable Target into(Node node, ItemSource view) {
        return view.acceptsNewItems() ? new Target(node, null, view) : null;
    }
}
