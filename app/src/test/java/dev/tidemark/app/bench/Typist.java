package dev.tidemark.app.bench;

import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.ItemRow;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import javafx.application.Platform;
import javafx.beans.InvalidationListener;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.robot.Robot;
import javafx.stage.Window;

/** Types like a fast user, with real key events, and measures when each letter appears. */
final class Typist {
    private static final long PACE_MILLIS = 70;
    private static final long TIMEOUT_SECONDS = 60;
    private static final String WORDS = "the quick brown fox jumps over the lazy dog and runs into the wood behind ";

    private final Frames frames;
    private final Robot robot = Screen.onScreen(Robot::new);
    private final Scene scene =
            Screen.onScreen(() -> Window.getWindows().getFirst().getScene());
    private int typed;

    Typist(Frames frames) {
        this.frames = frames;
    }

    /**
     * Types so many letters into the text field that has the focus.
     *
     * @return for each how many milliseconds passed from the key until it had been drawn
     */
    List<Double> type(int letters) throws InterruptedException {
        TextInputControl field = (TextInputControl) Screen.onScreen(scene::getFocusOwner);
        List<Double> latencies = new ArrayList<>();
        for (int letter = 0; letter < letters; letter++) {
            long start = System.nanoTime();
            int wanted = Screen.onScreen(() -> field.getText().length()) + 1;
            latencies.add(press(nextKey(), () -> field.getText().length() >= wanted));
            pause(start);
        }
        return latencies;
    }

    /** Presses Enter, and returns how many milliseconds passed until this title had been drawn in the list. */
    double enter(String title) {
        return press(KeyCode.ENTER, () -> isListed(title));
    }

    /**
     * How long it took after a key.
     *
     * @param listed milliseconds until the list had what was found
     * @param drawn milliseconds until that had been drawn, so with the wait for the next frame
     */
    record Found(double listed, double drawn) {}

    /** Presses this key, with which the item with this title becomes the first of the list. */
    Found find(KeyCode key, String title) throws InterruptedException {
        AtomicLong listed = new AtomicLong();
        ListView<?> list = (ListView<?>) Screen.onScreen(() -> scene.lookup("#item-list"));
        InvalidationListener look = change -> {
            if (!list.getItems().isEmpty()
                    && list.getItems().getFirst() instanceof ItemRow row
                    && title.equals(row.title())) {
                listed.compareAndSet(0, System.nanoTime());
            }
        };
        Screen.onScreen(() -> {
            list.getItems().addListener(look);
            return true;
        });
        long start = System.nanoTime();
        double drawn = press(key, () -> isListed(title));
        Screen.onScreen(() -> {
            list.getItems().removeListener(look);
            return true;
        });
        pause(start);
        return new Found((listed.get() - start) / 1e6, drawn);
    }

    private KeyCode nextKey() {
        char letter = WORDS.charAt(typed++ % WORDS.length());
        return letter == ' ' ? KeyCode.SPACE : KeyCode.valueOf(String.valueOf(Character.toUpperCase(letter)));
    }

    private static boolean isListed(String title) {
        return !Screen.visible(node -> node instanceof ListCell<?> cell
                        && cell.getStyleClass().contains("item-cell")
                        && cell.lookup(".item-title") instanceof Labeled label
                        && title.equals(label.getText()))
                .isEmpty();
    }

    /** Presses a key and waits until its effect has been laid out, and that frame drawn. */
    private double press(KeyCode key, BooleanSupplier shows) {
        CompletableFuture<Long> drawn = new CompletableFuture<>();
        Runnable look = new Runnable() {
            @Override
            public void run() {
                if (shows.getAsBoolean()) {
                    scene.removePostLayoutPulseListener(this);
                    frames.whenDrawn(() -> drawn.complete(System.nanoTime()));
                }
            }
        };
        long start = System.nanoTime();
        Platform.runLater(() -> {
            scene.addPostLayoutPulseListener(look);
            robot.keyType(key);
        });
        return (drawn.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join() - start) / 1e6;
    }

    private static void pause(long start) throws InterruptedException {
        long left = PACE_MILLIS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        if (left > 0) {
            TimeUnit.MILLISECONDS.sleep(left);
        }
    }
}
