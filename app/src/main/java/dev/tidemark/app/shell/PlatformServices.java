package dev.tidemark.app.shell;

import dev.tidemark.app.print.PrintService;
import dev.tidemark.app.reminder.Notifier;
import java.net.URI;
import java.time.ZonedDateTime;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The services of the program and the system that the windows use.
 *
 * @param opener opens a file, a folder or an address with the system's default program
 * @param clock returns the current time in the time zone of the user
 * @param fatalErrorHandler closes the library after an error that makes it unusable
 */
record PlatformServices(
        Consumer<URI> opener,
        Notifier notifier,
        PrintService printService,
        Supplier<ZonedDateTime> clock,
        Consumer<Throwable> fatalErrorHandler) {}
