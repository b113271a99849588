package dev.tidemark.app.shell;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.LazyChildren;
import dev.tidemark.app.fx.UiScale;
import dev.tidemark.app.sidebar.SidebarView;
import dev.tidemark.resources.Styles;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.animation.Interpolator;
import javafx.animation.TranslateTransition;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.scene.Node;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Lays out sidebar, list and detail side by side, with dividers that the user can drag. In a window with too little room
 * for all three, the sidebar shows only its icons. In a narrow window, the detail also covers the list.
 */
final class ThreePanes extends Pane {
    static final double SIDEBAR_MIN = 220;
    static final double SIDEBAR_MAX = 280;
    static final double LIST_MIN = 360;
    static final double LIST_MAX = 480;

    /** The share of the window width that the list has until the user drags the divider. */
    private static final double LIST_SHARE = 0.3;

    /**
     * The minimum width of the list in pixels. If the window has too little room, the list shrinks to this width before
     * the detail pane becomes narrower than its minimum.
     */
    private static final double LIST_SQUEEZED = 340;

    private static final double FOLDED = 48;
    private static final double DETAIL_MIN = 280;
    /** The width of the window in pixels up to which the sidebar shows only its icons. */
    private static final double FOLDING = 860;

    /** The width of the window in pixels up to which the detail covers the list. */
    private static final double NARROW = 680;

    private static final double GRIP = 7;
    private static final Duration SLIDE = Duration.millis(160);

    private final SidebarView sidebar;
    private final Consumer<Boolean> folded;
    private final Region list;
    private final Region detail;
    private final Region firstLine = line();
    private final Region secondLine = line();
    private final Region firstDivider = createDivider("split-sidebar");
    private final Region secondDivider = createDivider("split-list");
    private final DoubleProperty sidebarWidth = new SimpleDoubleProperty(236);
    private final DoubleProperty listWidth = new SimpleDoubleProperty(Double.NaN);
    private final List<Region> pages;
    private @Nullable Region shownPage;
    private final BooleanProperty detailOpen = new SimpleBooleanProperty();
    private final BooleanProperty narrow = new SimpleBooleanProperty();

    /**
     * @param pages the pages that can replace list and detail
     * @param folded receives whether the sidebar shows only its icons
     */
    ThreePanes(SidebarView sidebar, Region list, Region detail, List<Region> pages, Consumer<Boolean> folded) {
        this.sidebar = sidebar;
        this.folded = folded;
        this.list = list;
        this.detail = detail;
        this.pages = pages;
        pages.forEach(page -> page.setVisible(false));
        Stream<Region> parts = Stream.concat(
                Stream.concat(Stream.of(sidebar, list, detail), pages.stream()),
                Stream.of(firstLine, secondLine, firstDivider, secondDivider));
        LazyChildren.fill(this, parts.toArray(Node[]::new));
        drag(firstDivider, sidebarWidth, 0, SIDEBAR_MIN, SIDEBAR_MAX);
        drag(secondDivider, listWidth, 1, LIST_MIN, LIST_MAX);
        sidebarWidth.subscribe(this::requestLayout);
        listWidth.subscribe(this::requestLayout);
        widthProperty().subscribe(width -> narrow.set(width.doubleValue() <= UiScale.scaled(NARROW)));
        narrow.subscribe(wanted -> Controls.toggleStyle(detail, Styles.SLIDING, wanted));
        detailOpen.subscribe((before, open) -> slide(open));
    }

    /** The width of the sidebar in pixels that the user set. */
    DoubleProperty sidebarWidthProperty() {
        return sidebarWidth;
    }

    /**
     * The width of the list in pixels that the user set; {@link Double#NaN} if the user set none, so that the list has
     * its share of the window.
     */
    DoubleProperty listWidthProperty() {
        return listWidth;
    }

    /** Whether the detail pane shows an item. In a narrow window, the pane then covers the list. */
    BooleanProperty detailOpenProperty() {
        return detailOpen;
    }

    /**
     * Shows a page instead of list and detail.
     *
     * @param wanted the page; {@code null} to show list and detail again
     */
    void showPage(@Nullable Region wanted) {
        shownPage = wanted;
        pages.forEach(page -> page.setVisible(page.equals(wanted)));
        requestLayout();
    }

    /** Whether the window is so narrow that an open detail pane covers the list. */
    ReadOnlyBooleanProperty narrowProperty() {
        return narrow;
    }

    private static Region line() {
        Region line = Controls.styled(new Region(), Styles.HAIRLINE);
        line.setMouseTransparent(true);
        return line;
    }

    private static Region createDivider(String id) {
        Region divider = Controls.styled(new Region(), Styles.SPLIT_GRIP);
        divider.setId(id);
        return divider;
    }

    private void drag(Region divider, DoubleProperty width, int left, double min, double max) {
        divider.setOnMouseDragged(event -> {
            double x = sceneToLocal(event.getSceneX(), event.getSceneY()).getX();
            double start = left == 0 ? 0 : sidebar.getWidth();
            width.set(Math.rint(Math.clamp((x - start) / UiScale.factor(), min, max)));
        });
    }

    private void slide(boolean open) {
        requestLayout();
        if (!narrow.get() || !open || getScene() == null || UiScale.isMotionReduced()) {
            detail.setTranslateX(0);
            return;
        }
        TranslateTransition transition = new TranslateTransition(SLIDE, detail);
        transition.setFromX(48);
        transition.setToX(0);
        transition.setInterpolator(Interpolator.EASE_OUT);
        transition.play();
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        double height = getHeight();
        narrow.set(width <= UiScale.scaled(NARROW));
        boolean fold = width <= UiScale.scaled(FOLDING);
        sidebar.fold(fold);
        folded.accept(fold);
        double first = UiScale.scaled(fold ? FOLDED : Math.clamp(sidebarWidth.get(), SIDEBAR_MIN, SIDEBAR_MAX));
        if (narrow.get()) {
            layout(list, first, width - first, height);
            layout(detail, first, width - first, height);
            detail.setVisible(detailOpen.get());
        } else {
            double second = Math.clamp(
                    UiScale.scaled(wantedList(width)),
                    UiScale.scaled(LIST_SQUEEZED),
                    Math.max(UiScale.scaled(LIST_SQUEEZED), width - first - UiScale.scaled(DETAIL_MIN)));
            layout(list, first, second, height);
            layout(detail, first + second, width - first - second, height);
            detail.setVisible(true);
        }
        boolean covered = shownPage != null;
        pages.forEach(page -> layout(page, first, width - first, height));
        list.setVisible(!covered);
        detail.setVisible(detail.isVisible() && !covered);
        layout(sidebar, 0, first, height);
        boolean splits = !narrow.get();
        firstLine.resizeRelocate(first - 1, 0, 1, height);
        secondLine.resizeRelocate(detail.getLayoutX(), 0, 1, height);
        firstDivider.resizeRelocate(first - 1 - Math.floor(GRIP / 2), 0, GRIP, height);
        secondDivider.resizeRelocate(detail.getLayoutX() - Math.floor(GRIP / 2), 0, GRIP, height);
        secondLine.setVisible(!covered && (splits || detailOpen.get()));
        firstDivider.setVisible(!fold);
        secondDivider.setVisible(splits && !covered);
    }

    private double wantedList(double width) {
        return Double.isNaN(listWidth.get())
                ? Math.rint(Math.clamp(LIST_SHARE * width / UiScale.factor(), LIST_MIN, LIST_MAX))
                : Math.clamp(listWidth.get(), LIST_SQUEEZED, LIST_MAX);
    }

    private static void layout(Region region, double x, double width, double height) {
        region.resizeRelocate(x, 0, width, height);
    }
}
