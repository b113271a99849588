package dev.tidemark.app.driver;

import dev.tidemark.app.launcher.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;

/**
 * Runs the real launcher and operates its window: reads one command per line from standard input, executes it with
 * mouse and keys, and answers with a line about the screen. Tabs separate words.
 */
public final class WindowDriver {
    private static final String SEPARATOR = "\t";

    private final Screen screen = new Screen();
    private final PrintStream answers;

    private WindowDriver(PrintStream answers) {
        this.answers = answers;
    }

    /** Starts the program with this command line. */
    public static void main(String[] arguments) {
        WindowDriver driver = new WindowDriver(System.out);
        Thread.ofPlatform().daemon().name("driver").start(driver::listen);
        Main.main(arguments);
    }

    private void listen() {
        try (BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            String line;
            while ((line = commands.readLine()) != null) {
                answers.println(answer(line.split(SEPARATOR, -1)));
                answers.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String answer(String... words) {
        try {
            return "ok" + SEPARATOR + run(words);
        } catch (AssertionError | RuntimeException e) {
            return "error" + SEPARATOR + String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
        }
    }

    /** While JavaFX starts there is nothing to ask. */
    private boolean isReady() {
        try {
            return screen.shows("quick-add");
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private String run(String... words) {
        switch (words[0]) {
            case "rows" -> {
                return String.join(SEPARATOR, screen.rows());
            }
            case "text" -> {
                return screen.text(words[1]).replace('\n', ' ');
            }
            case "ready" -> {
                return Boolean.toString(isReady());
            }
            case "shows" -> {
                return Boolean.toString(screen.shows(words[1]));
            }
            case "conflict" -> {
                return Boolean.toString(screen.hasConflict(words[1]));
            }
            case "click" -> screen.click(words[1]);
            case "select" -> screen.select(words[1]);
            case "type" -> screen.type(words[1]);
            case "retype" -> screen.retype(words[1], words[2]);
            case "press" ->
                screen.press(List.of(words).subList(1, words.length).stream()
                        .map(KeyCode::valueOf)
                        .toArray(KeyCode[]::new));
            case "close" ->
                Screen.onScreen(() -> {
                    List.copyOf(Window.getWindows()).forEach(Window::hide);
                    return true;
                });
            default -> throw new AssertionError("The driver does not know " + words[0]);
        }
        return "";
    }
}
