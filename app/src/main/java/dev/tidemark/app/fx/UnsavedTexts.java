package dev.tidemark.app.fx;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Holds the texts that are being saved or could not be saved. Thread-safe. */
public final class UnsavedTexts {
    private final Map<Object, Unsaved> texts = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * An unsaved text.
     *
     * @param field names the item and its field
     */
    public record Unsaved(String field, String text) {}

    /** Adds a text. Call this method when a save starts. A later text of the same field replaces the earlier text. */
    public void begin(Object field, Unsaved text) {
        texts.put(field, text);
    }

    /**
     * Removes a text. Call this method when the text is saved. If the field meanwhile has a later text, that text
     * remains.
     */
    public void saved(Object field, Unsaved text) {
        texts.remove(field, text);
    }

    /**
     * Removes a text. Call this method when its save failed and an open field shows the text again. Has no effect after
     * {@link #close}.
     */
    public void remove(Object field, Unsaved text) {
        if (!closed) {
            texts.remove(field, text);
        }
    }

    /** Adds a quick-add line that is being saved. */
    public Line line(String typed) {
        Line line = new Line(new Unsaved("new", typed));
        begin(line, line.text);
        return line;
    }

    /** An unsaved quick-add line. */
    public final class Line {
        private final Unsaved text;

        private Line(Unsaved text) {
            this.text = text;
        }

        /** Removes the line. Call this method when the item of the line is saved. */
        public void saved() {
            UnsavedTexts.this.saved(this, text);
        }

        /**
         * Removes the line if a field shows it again. Call this method when the save failed.
         *
         * @param isReturned whether a field shows the line again
         */
        public void refused(boolean isReturned) {
            if (isReturned) {
                remove(this, text);
            }
        }
    }

    /** Keeps all remaining texts as unsaved from now on. Call this method when the window with the fields closes. */
    public void close() {
        closed = true;
    }

    public List<Unsaved> remaining() {
        return List.copyOf(texts.values());
    }
}
