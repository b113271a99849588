package dev.tidemark.app.fx;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Texts whose save has started and is not confirmed. Thread-safe. */
public final class UnsavedTexts {
    private final Map<Object, Unsaved> texts = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** An unsaved text and the item and field it belongs to. */
    public record Unsaved(String field, String text) {}

    /** Call when a save starts; a later text of the same field object replaces this one. */
    public void begin(Object field, Unsaved text) {
        texts.put(field, text);
    }

    /** Call when this text is saved; a later text of the same field may still be unsaved. */
    public void saved(Object field, Unsaved text) {
        texts.remove(field, text);
    }

    /**
     * Call when the save failed and an open field shows the text again. Has no effect after {@link #close}: the fields
     * are gone.
     */
    public void returnedToField(Object field, Unsaved text) {
        if (!closed) {
            texts.remove(field, text);
        }
    }

    /** Registers a quick-add line that is being saved. */
    public Line line(String typed) {
        Line line = new Line(new Unsaved("new", typed));
        begin(line, line.text);
        return line;
    }

    /** A quick-add line. */
    public final class Line {
        private final Unsaved text;

        private Line(Unsaved text) {
            this.text = text;
        }

        /** Call when its item is saved. */
        public void saved() {
            UnsavedTexts.this.saved(this, text);
        }

        /** Call when the save failed; {@code isReturned} if the field shows the line again. */
        public void refused(boolean isReturned) {
            if (isReturned) {
                returnedToField(this, text);
            }
        }
    }

    /** Call when the window with the fields closes. */
    public void close() {
        closed = true;
    }

    public List<Unsaved> left() {
        return List.copyOf(texts.values());
    }
}
