package dev.tidemark.app.reminder;

import dev.tidemark.app.diagnostics.LogFile;
import java.nio.file.Path;

/** Tells of a reminder as Linux has it, with the {@code notify-send} of its own PATH, and prints it if nobody is told. */
final class NotifyingProgram {
    private NotifyingProgram() {}

    /** Takes the folder of the log, and ends once nobody is told or its standard input ends. */
    public static void main(String[] arguments) throws java.io.IOException {
        LogFile.forWindow(Path.of(arguments[0]));
        new SystemNotifier("Linux").showNotification("Reminders", "Call mum", () -> System.out.println("unheard"));
        System.in.transferTo(java.io.OutputStream.nullOutputStream());
    }
}
