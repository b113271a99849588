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
 * Keeps rows where they are seen when something arrives from other devices, and when the window of rows goes along with who scrolls:
 * the one under the pointer, so that a click meets what it
 * was meant for; if there is none and the list is scrolled, the first that is seen. What the person does shows where it belongs. For
 * the JavaFX thread.
 */
final class ScrollAnchor {
    private final ListView<ItemRow> list;
    private final ToIntFunction<UUID> indexOf;
    /** How far below the top of the list the pointer is, if it is there. */
    private double pointer = Double.NaN;
    /** Those that are to stay, the best first. */
    private List<Seen> anchors = List.of();

    private int sizeBefore;

    /** Whether rows have come or gone, and the list may not have been laid out since. */
    private boolean isMoved;

    /**
     * Where a row is seen.
     *
     * @param row its item
     * @param top how far below the top of the rows
     */
    private record Seen(UUID row, double top) {}

    /** @param indexOf finds the row of an item; below 0 if it has none */
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

    /** The rows are about to change. */
    void beforeUpdate(LiveList.Cause cause) {
        boolean isElsewhere = cause == LiveList.Cause.ARRIVED || cause == LiveList.Cause.WENT_ALONG;
        anchors = isElsewhere ? seen() : List.of();
        sizeBefore = list.getItems().size();
        if (cause == LiveList.Cause.SHOWN) {
            settle();
        }
    }

    /** From the row under the pointer or, if the list is scrolled, the first one downwards: if one goes, the next does as well. */
    private List<Seen> seen() {
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
        return isOver || isScrolled ? seenBelow(flow, from) : List.of();
    }

    private List<Seen> seenBelow(VirtualFlow<?> flow, double from) {
        double shift = sheet(flow).getTranslateY();
        List<Seen> found = new ArrayList<>();
        for (int index = flow.getFirstVisibleCell().getIndex();
                index < list.getItems().size();
                index++) {
            IndexedCell<?> cell = flow.getVisibleCell(index);
            if (cell == null) {
                break;
            }
            double top = cell.getLayoutY() + shift;
            if (top + cell.getHeight() > from) {
                found.add(new Seen(list.getItems().get(index).id(), top));
            }
        }
        return found;
    }

    /** The rows have changed. */
    void afterUpdate() {
        VirtualFlow<?> flow = flow();
        List<Seen> wanted = anchors;
        anchors = List.of();
        isMoved = true;
        if (wanted.isEmpty() && list.getItems().size() > sizeBefore) {
            // What the person adds is to be seen.
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

    /** @param exactly even where there are too few rows to scroll as far */
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
            // Drawn there until the pointer leaves.
            sheet(flow).setTranslateY(exactly ? top - cell.getLayoutY() : 0);
        }
    }

    /** Rows stand where the list has them. */
    private void settle() {
        VirtualFlow<?> flow = flow();
        if (flow != null) {
            sheet(flow).setTranslateY(0);
        }
    }

    /** Scrolls by so many pixels, down if it is more than 0. */
    void scroll(double pixels) {
        VirtualFlow<?> flow = flow();
        if (flow != null) {
            settle();
            flow.scrollPixels(pixels);
        }
    }

    /** Scrolls no farther than it takes to see this row. */
    void reveal(int index) {
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
