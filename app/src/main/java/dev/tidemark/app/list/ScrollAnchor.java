package dev.tidemark.app.list;

import dev.tidemark.app.fx.LiveList;
import dev.tidemark.app.model.ItemRow;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.ToIntFunction;
import javafx.scene.Node;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.ListView;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the visible rows in place while changes of other devices arrive or other rows are loaded. The anchor is the row
 * under the pointer, so that a click hits the intended row. Without a pointer over the list, the anchor is the first
 * visible row of a scrolled list. The user's own changes scroll to their result. For the JavaFX thread.
 */
final class ScrollAnchor {
    private final ListView<ItemRow> list;
    private final ToIntFunction<UUID> indexOf;
    /** The distance of the pointer from the top of the list; NaN if the pointer is elsewhere. */
    private double pointer = Double.NaN;
    /** The rows that can be the anchor, the best first. */
    private List<VisibleRow> anchors = List.of();

    private int sizeBefore;

    /** Whether rows changed since the last layout. */
    private boolean isMoved;

    /** A visible row and its distance from the top of the list. */
    private record VisibleRow(UUID row, double top) {}

    /** @param indexOf returns the row index of an item, or a negative number */
    ScrollAnchor(ListView<ItemRow> list, ToIntFunction<UUID> indexOf) {
        this.list = list;
        this.indexOf = indexOf;
        list.addEventFilter(MouseEvent.ANY, this::follow);
        list.addEventFilter(ScrollEvent.SCROLL, event -> settle());
        list.addEventFilter(KeyEvent.KEY_PRESSED, event -> settle());
    }

    private void follow(MouseEvent event) {
        boolean isGone = event.getEventType() == MouseEvent.MOUSE_EXITED;
        pointer = isGone
                ? Double.NaN
                : list.sceneToLocal(event.getSceneX(), event.getSceneY()).getY();
        if (isGone) {
            settle();
        }
    }

    /** Records the rows that can be the anchor. Call this method before the rows change. */
    void beforeUpdate(LiveList.Cause cause) {
        boolean isElsewhere = cause == LiveList.Cause.REMOTE_CHANGE || cause == LiveList.Cause.WINDOW_MOVED;
        anchors = isElsewhere ? seen() : List.of();
        sizeBefore = list.getItems().size();
        if (cause == LiveList.Cause.QUERY_CHANGED) {
            settle();
        }
    }

    /** Returns the visible rows from the anchor downwards. If a row leaves the list, the next becomes the anchor. */
    private List<VisibleRow> seen() {
        if (isMoved) {
            list.layout();
            isMoved = false;
        }
        VirtualFlow<?> flow = flow();
        if (flow == null || flow.getFirstVisibleCell() == null) {
            return List.of();
        }
        boolean isOver = list.isHover() && !Double.isNaN(pointer);
        double from = isOver
                ? list.localToScene(0, pointer).getY() - flow.localToScene(0, 0).getY()
                : 0;
        IndexedCell<?> top = flow.getFirstVisibleCell();
        boolean isScrolled = top.getIndex() > 0 || top.getLayoutY() < 0;
        return isOver || isScrolled ? visibleRowsFrom(flow, from) : List.of();
    }

    private List<VisibleRow> visibleRowsFrom(VirtualFlow<?> flow, double from) {
        double shift = sheet(flow).getTranslateY();
        List<VisibleRow> found = new ArrayList<>();
        for (int index = flow.getFirstVisibleCell().getIndex();
                index < list.getItems().size();
                index++) {
            IndexedCell<?> cell = flow.getVisibleCell(index);
            if (cell == null) {
                break;
            }
            double top = cell.getLayoutY() + shift;
            if (top + cell.getHeight() > from) {
                found.add(new VisibleRow(list.getItems().get(index).id(), top));
            }
        }
        return found;
    }

    /** Scrolls so that the anchor is at its previous place. Call this method after the rows changed. */
    void afterUpdate() {
        VirtualFlow<?> flow = flow();
        List<VisibleRow> wanted = anchors;
        anchors = List.of();
        isMoved = true;
        if (wanted.isEmpty() && list.getItems().size() > sizeBefore) {
            // The user's new rows must be visible.
            settle();
        }
        if (flow != null) {
            wanted.stream()
                    .filter(seen -> indexOf.applyAsInt(seen.row()) >= 0)
                    .findFirst()
                    .ifPresent(seen -> restorePosition(
                            flow, indexOf.applyAsInt(seen.row()), seen.top(), seen.equals(wanted.getFirst())));
        }
    }

    /** @param exactly whether to draw the rows at an offset if the list is too short to scroll that far */
    private void restorePosition(VirtualFlow<?> flow, int index, double top, boolean exactly) {
        list.layout();
        if (flow.getVisibleCell(index) == null) {
            flow.scrollToTop(index);
            list.layout();
        }
        IndexedCell<?> cell = flow.getVisibleCell(index);
        isMoved = false;
        if (cell != null) {
            flow.scrollPixels(cell.getLayoutY() - top);
            list.layout();
            // The offset stays until the pointer leaves the list or the user scrolls.
            sheet(flow).setTranslateY(exactly ? top - cell.getLayoutY() : 0);
        }
    }

    /** Removes the offset of the rows. */
    private void settle() {
        VirtualFlow<?> flow = flow();
        if (flow != null) {
            sheet(flow).setTranslateY(0);
        }
    }

    /** Scrolls by a number of pixels; positive numbers scroll down. */
    void scroll(double pixels) {
        VirtualFlow<?> flow = flow();
        if (flow != null) {
            settle();
            flow.scrollPixels(pixels);
        }
    }

    /** Scrolls just far enough that a row is visible. */
    void scrollIntoView(int index) {
        VirtualFlow<?> flow = flow();
        if (flow != null) {
            flow.scrollTo(index);
        }
    }

    private @Nullable VirtualFlow<?> flow() {
        return list.lookup(".virtual-flow") instanceof VirtualFlow<?> flow ? flow : null;
    }

    private static Node sheet(VirtualFlow<?> flow) {
        return flow.lookup(".sheet");
    }
}
