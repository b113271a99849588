package dev.tidemark.app.fx;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Texts that were handed on to be saved and are not known to be in the database. Thread-safe. */
public final class UnsavedTexts {
    private final Map<Object, Unsaved> texts = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * A text that is not saved.
     *
     * @param place where it belongs
     * @param text as it was typed
     */
    public record Unsaved(String place, String text) {}

    /**
     * A text is handed on.
     *
     * @param field the field that holds it, by its identity; a later text of the field takes the place of this one
     */
    public void begin(Object field, Unsaved text) {
        texts.put(field, text);
    }

    /** It is in the database; a later text of the same field may not be. */
    public void saved(Object field, Unsaved text) {
        texts.remove(field, text);
    }

    /** It could not be saved, and the user has it in an open field again. After {@link #close} nobody has. */
    public void returnedToField(Object field, Unsaved text) {
        if (!closed) {
            texts.remove(field, text);
        }
    }

    /** A line that a new item is made of is handed on. */
    public Line line(String typed) {
        Line line = new Line(new Unsaved("new", typed));
        begin(line, line.text);
        return line;
    }

    /** A line that a new item is made of. */
    public final class Line {
        private final Unsaved text;

        private Line(Unsaved text) {
            this.text = text;
        }

        /** Its item is in the database. */
        public void saved() {
            UnsavedTexts.this.saved(this, text);
        }

        /** Its item could not be added; the user has the line again, or not. */
        public void refused(boolean isReturned) {
            if (isReturned) {
                returnedToField(this, text);
            }
        }
    }

    /** The window with the fields is closed. */
    public void close() {
        closed = true;
    }

    /** Those that are not saved. */
    public List<Unsaved> left() {
        return List.copyOf(texts.values());
    }
}
