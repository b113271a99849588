package dev.tidemark.app.driver;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.geometry.Point2D;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Window;
import org.testfx.api.FxRobot;
import org.testfx.robot.BaseRobot;
import org.testfx.robot.Motion;
import org.testfx.util.WaitForAsyncUtils;

/**
 * Sends mouse and key events without pauses. TestFX's robot moves the pointer a step per millisecond and waits 50 ms
 * after each press and 75 ms after each letter, which took most of the time of window tests. Waits until each event is
 * handled.
 */
final class QuickRobot extends FxRobot {
    /** So many that what lies on the way is touched, and what is dragged is seen to move. */
    private static final int STEPS = 10;

    private static final long TIMEOUT_SECONDS = 30;

    private final BaseRobot base = robotContext().getBaseRobot();

    @Override
    public FxRobot moveTo(Point2D to, Motion motion) {
        Point2D from = base.retrieveMouse();
        for (int step = 1; step <= STEPS; step++) {
            base.moveMouse(from.interpolate(to, (double) step / STEPS));
            handled();
        }
        handled();
        return this;
    }

    @Override
    public FxRobot moveBy(double x, double y, Motion motion) {
        return moveTo(base.retrieveMouse().add(x, y), motion);
    }

    @Override
    public FxRobot press(MouseButton... buttons) {
        for (MouseButton button : buttons) {
            base.pressMouse(button);
            handled();
        }
        return this;
    }

    @Override
    public FxRobot release(MouseButton... buttons) {
        for (MouseButton button : buttons) {
            base.releaseMouse(button);
            handled();
        }
        return this;
    }

    @Override
    public FxRobot clickOn(MouseButton... buttons) {
        MouseButton[] pressed = buttons.length == 0 ? new MouseButton[] {MouseButton.PRIMARY} : buttons;
        press(pressed);
        return release(pressed);
    }

    @Override
    public FxRobot write(String text) {
        for (int index = 0; index < text.length(); index++) {
            char letter = text.charAt(index);
            KeyCode key = switch (letter) {
                case '\n' -> KeyCode.ENTER;
                case '\t' -> KeyCode.TAB;
                default -> KeyCode.UNDEFINED;
            };
            base.typeKeyboard(typedInto().getScene(), key, Character.toString(letter));
            handled();
        }
        return this;
    }

    /** As TestFX finds it. */
    private Window typedInto() {
        return onFx(() -> Optional.ofNullable(window(Window::isFocused)).orElseGet(this::targetWindow));
    }

    @Override
    public FxRobot push(KeyCode... keys) {
        for (KeyCode key : keys) {
            base.pressKeyboard(key);
            handled();
        }
        List<KeyCode> pressed = Arrays.asList(keys);
        for (KeyCode key : pressed.reversed()) {
            base.releaseKeyboard(key);
            handled();
        }
        return this;
    }

    /** Waits until what waits on the JavaFX thread has run. */
    private static void handled() {
        onFx(() -> true);
    }

    private static <T> T onFx(Callable<T> look) {
        try {
            return WaitForAsyncUtils.asyncFx(look).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (TimeoutException e) {
            throw new AssertionError("The window does not answer", e);
        }
    }
}
