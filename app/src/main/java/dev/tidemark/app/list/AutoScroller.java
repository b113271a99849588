package dev.tidemark.app.list;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;
import javafx.animation.AnimationTimer;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;

/**
 * Scrolls a list while the user drags something near an edge of the list, so that hidden rows can be reached. For the
 * JavaFX thread.
 */
public final class AutoScroller {
    /** The height in pixels of the area at an edge in which the pointer scrolls the list. */
    private static final double EDGE = 24;

    /** The scroll speed in pixels per second. */
    private static final double SPEED = 480;

    /** The maximum time in seconds that one frame scrolls for. It limits the jump after a late frame. */
    private static final double MAX_STEP = 0.05;

    private static final double NANOS = 1e9;

    private final List<Area> areas = new ArrayList<>();
    private final AnimationTimer timer = new AnimationTimer() {
        @Override
        public void handle(long now) {
            step(now);
        }
    };
    private @Nullable Point2D pointer;
    private long before;

    /**
     * A node that scrolls.
     *
     * @param scroll scrolls the node by a number of pixels; positive numbers scroll down
     */
    private record Area(Node node, DoubleConsumer scroll) {
        double direction(Point2D pointer) {
            Bounds bounds = node.localToScene(node.getLayoutBounds());
            if (node.getScene() == null || !bounds.contains(pointer)) {
                return 0;
            } else if (pointer.getY() < bounds.getMinY() + EDGE) {
                return -1;
            }
            return pointer.getY() > bounds.getMaxY() - EDGE ? 1 : 0;
        }
    }

    /** @param scroll scrolls the node by a number of pixels; positive numbers scroll down */
    public void add(Node node, DoubleConsumer scroll) {
        areas.add(new Area(node, scroll));
    }

    /**
     * Scrolls while the pointer is near an edge of an added node. Call this method on each move during a drag.
     *
     * @param x the horizontal position of the pointer in the scene
     * @param y the vertical position of the pointer in the scene
     */
    void pointerMoved(double x, double y) {
        if (pointer == null) {
            before = 0;
            timer.start();
        }
        pointer = new Point2D(x, y);
    }

    void end() {
        pointer = null;
        timer.stop();
    }

    private void step(long now) {
        double seconds = before == 0 ? 0 : Math.min((now - before) / NANOS, MAX_STEP);
        before = now;
        Point2D point = pointer;
        if (point != null) {
            for (Area area : areas) {
                double direction = area.direction(point);
                if (direction != 0) {
                    area.scroll().accept(direction * seconds * SPEED);
                }
            }
        }
    }
}
