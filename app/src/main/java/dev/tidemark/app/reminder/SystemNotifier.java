package dev.tidemark.app.reminder;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows notifications with a program of the system: {@code notify-send} of freedesktop.org, {@code osascript} of macOS.
 * If the program is missing or fails, this class calls {@code notShown}, and the window shows the reminder.
 */
// Does not wait for the end of the program.
@SuppressWarnings("FutureReturnValueIgnored")
public final class SystemNotifier implements Notifier {
    private static final Logger LOG = LoggerFactory.getLogger(SystemNotifier.class);
    private static final int MAX_LENGTH = 200;

    private final String system;
    private volatile boolean missing;

    public SystemNotifier() {
        this(System.getProperty("os.name", ""));
    }

    SystemNotifier(String system) {
        this.system = system.toLowerCase(Locale.ROOT);
    }

    @Override
    public void showNotification(String heading, String line, Runnable notShown) {
        List<String> command = command(plain(heading), plain(line));
        if (missing || command.isEmpty()) {
            notShown.run();
            return;
        }
        String program = command.getFirst();
        try {
            new ProcessBuilder(command)
                    .redirectInput(Redirect.from(nothing()))
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start()
                    .onExit()
                    .thenAccept(ended -> {
                        if (ended.exitValue() != 0) {
                            LOG.info("{} ended with {}: the window shows the reminder", program, ended.exitValue());
                            notShown.run();
                        }
                    });
        } catch (IOException e) {
            missing = true;
            LOG.info("{} cannot be started, so reminders appear only in the window", program, e);
            notShown.run();
        }
    }

    private static java.io.File nothing() {
        return new java.io.File("/dev/null");
    }

    /**
     * Returns the command that shows a notification; empty if the system has none. Each text is a separate argument, so
     * that the system never runs a text as a command.
     */
    List<String> command(String title, String text) {
        if (system.contains("mac")) {
            return List.of(
                    "osascript",
                    "-e",
                    "on run argv",
                    "-e",
                    "display notification (item 2 of argv) with title (item 1 of argv)",
                    "-e",
                    "end run",
                    title,
                    text);
        }
        // Some notification servers interpret the text as markup.
        String safe = text.replace("&", "&amp;").replace("<", "&lt;");
        return system.contains("linux")
                ? List.of("notify-send", "--app-name=Tidemark", "--icon=tidemark", "--", title, safe)
                : List.of();
    }

    /** Removes control characters from a text and shortens it. The text may come from another device. */
    private static String plain(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "…";
    }
}
