package dev.tidemark.app.main;

import dev.tidemark.app.print.PrintDesk;
import dev.tidemark.app.reminder.Notifier;
import java.net.URI;
import java.util.function.Consumer;

/**
 * What the main window needs of the program and the system.
 *
 * @param opener opens a file, a folder or an address with the program that the system has for it
 * @param notifier tells of reminders while the person looks elsewhere
 * @param printers the way to the printers
 * @param ending told when the library has to be closed because of a failure
 */
record Surroundings(Consumer<URI> opener, Notifier notifier, PrintDesk printers, Consumer<Throwable> ending) {}
