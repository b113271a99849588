package dev.tidemark.app.detail;

import java.text.BreakIterator;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;

/** Handles the mouse in a text that {@link MarkdownSkin} draws. For the JavaFX thread. */
final class MarkdownMouse {
    private final BodyArea area;
    private final MarkdownSkin skin;
    private final MarkdownContent content;
    private boolean isPressed;

    MarkdownMouse(BodyArea area, MarkdownSkin skin, MarkdownContent content) {
        this.area = area;
        this.skin = skin;
        this.content = content;
        content.addEventHandler(MouseEvent.MOUSE_PRESSED, this::press);
        content.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::drag);
        content.addEventHandler(MouseEvent.MOUSE_RELEASED, this::release);
    }

    /** Whether the user presses the button that selects text. */
    boolean isPressed() {
        return isPressed;
    }

    private void press(MouseEvent event) {
        event.consume();
        LineHit hit = content.hit(event.getX(), event.getY());
        if (event.getButton() == MouseButton.PRIMARY && event.isShortcutDown() && skin.follow(hit.at())) {
            return;
        }
        if (event.getButton() != MouseButton.PRIMARY) {
            area.requestFocus();
            return;
        }
        isPressed = true;
        area.requestFocus();
        switch (event.getClickCount()) {
            case 1 -> skin.moveTo(hit, event.isShiftDown());
            case 2 -> selectWord(hit.at());
            default -> {
                int line = content.lineOf(hit.at());
                int start = content.start(line);
                area.selectRange(start, start + content.view(line).line().text().length());
            }
        }
    }

    private void drag(MouseEvent event) {
        event.consume();
        if (isPressed && event.getClickCount() <= 1) {
            skin.moveTo(content.hit(event.getX(), event.getY()), true);
        }
    }

    private void release(MouseEvent event) {
        event.consume();
        isPressed = false;
        skin.reveal();
    }

    private void selectWord(int at) {
        int line = content.lineOf(at);
        int start = content.start(line);
        String text = content.view(line).line().text();
        BreakIterator words = BreakIterator.getWordInstance();
        words.setText(text);
        int within = Math.min(at - start, Math.max(0, text.length() - 1));
        int end = text.isEmpty() ? 0 : words.following(within);
        area.selectRange(start + (text.isEmpty() ? 0 : words.previous()), start + end);
    }
}
