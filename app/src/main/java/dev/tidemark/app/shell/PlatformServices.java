package dev.tidemark.app.shell;

import dev.tidemark.app.print.PrintService;
import dev.tidemark.app.reminder.Notifier;
import java.net.URI;
import java.util.function.Consumer;

/**
 * What the main window needs of the program and the system.
 *
 * @param opener opens a file, a folder or an address with the program that the system has for it
 * @param notifier tells of reminders while the person looks elsewhere
 * @param printService the way to the printers
 * @param fatalErrorHandler told when the library has to be closed because of a failure
 */
record PlatformServices(
        Consumer<URI> opener, Notifier notifier, PrintService printService, Consumer<Throwable> fatalErrorHandler) {}
