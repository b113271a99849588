package dev.tidemark.app.fx;

import javafx.geometry.Orientation;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

/** Lays out two nodes side by side, or one below the other if the width is too small. */
public final class SideBySide extends Pane {
    private static final double BETWEEN = 16;
    private static final double BELOW = 8;

    private final double wide;
    private final Region first;
    private final Region second;

    /** @param wide the minimum width in pixels at which the nodes are side by side */
    public SideBySide(double wide, Region first, Region second) {
        this.wide = wide;
        this.first = first;
        this.second = second;
        getChildren().setAll(first, second);
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computeMinWidth(double height) {
        return 0;
    }

    @Override
    protected double computePrefHeight(double width) {
        if (width >= wide) {
            double half = (width - BETWEEN) / 2;
            return Math.max(first.prefHeight(half), second.prefHeight(half));
        }
        return first.prefHeight(width) + BELOW + second.prefHeight(width);
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        if (width >= wide) {
            double half = Math.floor((width - BETWEEN) / 2);
            first.resizeRelocate(0, 0, half, first.prefHeight(half));
            second.resizeRelocate(width - half, 0, half, second.prefHeight(half));
        } else {
            double height = first.prefHeight(width);
            first.resizeRelocate(0, 0, width, height);
            second.resizeRelocate(0, height + BELOW, width, second.prefHeight(width));
        }
    }
}
