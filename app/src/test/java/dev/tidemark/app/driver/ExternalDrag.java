package dev.tidemark.app.driver;

import com.sun.javafx.scene.SceneHelper;
import com.sun.javafx.tk.TKClipboard;
import com.sun.javafx.tk.TKDropTargetListener;
import java.io.File;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.image.Image;
import javafx.scene.input.DataFormat;
import javafx.scene.input.TransferMode;
import javafx.util.Pair;
import org.jspecify.annotations.Nullable;
import org.testfx.util.WaitForAsyncUtils;

/**
 * Simulates a drag from another program. The headless toolkit has no drags, so this class sends the scene the events
 * that the system would. Picking, event handling and the program are real.
 */
public final class ExternalDrag implements TKClipboard {
    private final Map<DataFormat, Object> content = new HashMap<>();

    private ExternalDrag() {}

    /** A text. */
    public static ExternalDrag of(String text) {
        ExternalDrag drag = new ExternalDrag();
        drag.content.put(DataFormat.PLAIN_TEXT, text);
        return drag;
    }

    /** Files. */
    public static ExternalDrag of(List<File> files) {
        ExternalDrag drag = new ExternalDrag();
        drag.content.put(DataFormat.FILES, files);
        return drag;
    }

    private static TKDropTargetListener listener(Node node) throws ReflectiveOperationException {
        Object peer = SceneHelper.getPeer(node.getScene());
        Class<?> type = peer.getClass();
        while (!type.getSimpleName().equals("GlassScene")) {
            type = type.getSuperclass();
        }
        Field field = type.getDeclaredField("dropTargetListener");
        field.setAccessible(true);
        return (TKDropTargetListener) field.get(peer);
    }

    /** Holds it over this; returns whether it would be taken. */
    public boolean over(Node node, double fromTop) {
        return Screen.onScreen(() -> {
            Bounds place = node.localToScene(node.getLayoutBounds());
            double x = place.getCenterX();
            double y = place.getMinY() + fromTop;
            TKDropTargetListener scene = listener(node);
            scene.dragEnter(x, y, x, y, TransferMode.COPY, this);
            return scene.dragOver(x, y, x, y, TransferMode.COPY) == TransferMode.COPY;
        });
    }

    /** Lets go of it there. */
    public void drop(Node node, double fromTop) {
        Screen.onScreen(() -> {
            Bounds place = node.localToScene(node.getLayoutBounds());
            double x = place.getCenterX();
            double y = place.getMinY() + fromTop;
            return String.valueOf(listener(node).drop(x, y, x, y, TransferMode.COPY));
        });
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** Goes elsewhere with it. */
    public void leave(Node node) {
        Screen.onScreen(() -> {
            listener(node).dragExit(0, 0, 0, 0);
            return true;
        });
    }

    @Override
    public Set<DataFormat> getContentTypes() {
        return content.keySet();
    }

    @SafeVarargs
    @Override
    public final boolean putContent(Pair<DataFormat, Object>... more) {
        throw new UnsupportedOperationException("What is dragged here is as it is");
    }

    @Override
    public @Nullable Object getContent(DataFormat format) {
        return content.get(format);
    }

    @Override
    public boolean hasContent(DataFormat format) {
        return content.containsKey(format);
    }

    @Override
    public Set<TransferMode> getTransferModes() {
        return Set.of(TransferMode.COPY);
    }

    @Override
    public void setDragView(Image image) {
        throw new UnsupportedOperationException("Its look is the other program's");
    }

    @Override
    public void setDragViewOffsetX(double offset) {
        throw new UnsupportedOperationException("Its look is the other program's");
    }

    @Override
    public void setDragViewOffsetY(double offset) {
        throw new UnsupportedOperationException("Its look is the other program's");
    }

    @Override
    public @Nullable Image getDragView() {
        return null;
    }

    @Override
    public double getDragViewOffsetX() {
        return 0;
    }

    @Override
    public double getDragViewOffsetY() {
        return 0;
    }
}
