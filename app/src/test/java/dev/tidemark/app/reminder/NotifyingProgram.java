package dev.tidemark.app.reminder;

import dev.tidemark.app.diagnostics.LogFile;
import java.nio.file.Path;

/** Shows a reminder as on Linux, with the {@code notify-send} of its own PATH, and prints a line if that fails. */
final class NotifyingProgram {
    private NotifyingProgram() {}

    /** Takes the folder of the log, and ends once nobody is told or its standard input ends. */
    public static void main(String[] arguments) throws java.io.IOException {
        LogFile.forWindow(Path.of(arguments[0]));
        new SystemNotifier("Linux").showNotification("Reminders", "Call mum", () -> System.out.println("unheard"));
        System.in.transferTo(java.io.OutputStream.nullOutputStream());
    }
}
