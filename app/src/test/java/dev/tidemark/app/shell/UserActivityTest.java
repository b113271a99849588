package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.Screen;
import dev.tidemark.engine.sync.SyncOptions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.scene.Scene;
import javafx.scene.input.InputEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;

class UserActivityTest {
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE);
    private final UserActivity presence = new UserActivity(clock::get);

    @Test
    void aSyncYieldsForASecondAfterUserActivity() {
        assertThat(presence.mergePace()).isEqualTo(SyncOptions.MergePace.FULL);
        presence.recordActivity();
        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(999));
        assertThat(presence.mergePace().changes()).isLessThan(10_000);
        assertThat(presence.mergePace().rest()).isPositive();
        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
        assertThat(presence.mergePace()).isEqualTo(SyncOptions.MergePace.FULL);
    }

    @Test
    void keysAndThePointerAreNoticed() throws Exception {
        FxToolkit.registerPrimaryStage();
        Scene scene = Screen.onScreen(() -> new Scene(new Pane()));
        presence.watch(scene);
        assertNoticed(scene, new KeyEvent(KeyEvent.KEY_PRESSED, "a", "a", KeyCode.A, false, false, false, false));
        assertNoticed(scene, mouse(MouseEvent.MOUSE_MOVED));
    }

    @Test
    void rowsMovingUnderARestingPointerAreNoActivity() throws Exception {
        FxToolkit.registerPrimaryStage();
        Pane row = new Pane();
        Scene scene = Screen.onScreen(() -> new Scene(row));
        presence.watch(scene);
        clock.addAndGet(TimeUnit.SECONDS.toNanos(5));
        Screen.onScreen(() -> {
            Event.fireEvent(row, mouse(MouseEvent.MOUSE_ENTERED_TARGET));
            Event.fireEvent(row, mouse(MouseEvent.MOUSE_EXITED_TARGET));
            return true;
        });
        assertThat(presence.mergePace()).isEqualTo(SyncOptions.MergePace.FULL);
    }

    private static MouseEvent mouse(EventType<MouseEvent> type) {
        return new MouseEvent(
                type,
                1,
                1,
                1,
                1,
                MouseButton.NONE,
                0,
                false,
                false,
                false,
                false,
                false,
                false,
                false,
                false,
                false,
                false,
                null);
    }

    private void assertNoticed(Scene scene, InputEvent event) {
        clock.addAndGet(TimeUnit.SECONDS.toNanos(5));
        assertThat(presence.mergePace()).isEqualTo(SyncOptions.MergePace.FULL);
        Screen.onScreen(() -> {
            Event.fireEvent(scene, event);
            return true;
        });
        assertThat(presence.mergePace()).isNotEqualTo(SyncOptions.MergePace.FULL);
    }
}
