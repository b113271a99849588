package dev.tidemark.app.main;

import dev.tidemark.app.reminder.Notifier;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What the main window needs of the program and the system.
 *
 * @param opener opens a file or folder with the program that the system has for it
 * @param notifier tells of reminders while the person looks elsewhere
 * @param ending told when the library has to be closed because of a failure
 */
record Surroundings(Consumer<Path> opener, Notifier notifier, Consumer<Throwable> ending) {}
