package dev.tidemark.app.preferences;

import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.StorageProbe;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one connection test at a time on a separate thread. Belongs to the JavaFX thread. */
final class ConnectionTest {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionTest.class);

    private final Executor window;
    private final Executor worker;
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<StorageProbe.@Nullable Report> report = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable String> problem = new ReadOnlyObjectWrapper<>();
    private final ObservableList<StorageProbe.StepResult> steps = FXCollections.observableArrayList();
    private @Nullable Thread thread;
    private int runs;

    /**
     * @param worker runs the test on a thread that {@link #cancel} interrupts
     * @param window the executor of the thread that this object belongs to
     */
    ConnectionTest(Executor worker, Executor window) {
        this.worker = worker;
        this.window = window;
    }

    static ConnectionTest onThreads(Executor window) {
        return new ConnectionTest(
                work -> Thread.ofPlatform().daemon().name("connection-test").start(work), window);
    }

    ReadOnlyBooleanProperty runningProperty() {
        return running.getReadOnlyProperty();
    }

    /** The result of the last test; {@code null} before the first test and during a test. */
    ReadOnlyObjectProperty<StorageProbe.@Nullable Report> reportProperty() {
        return report.getReadOnlyProperty();
    }

    /** The sentence that tells why the test stopped without a report; {@code null} if it did not stop. */
    ReadOnlyObjectProperty<@Nullable String> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    ObservableList<StorageProbe.StepResult> steps() {
        return steps;
    }

    void start(Supplier<? extends RemoteStorage> opener) {
        cancel();
        int run = runs;
        running.set(true);
        worker.execute(() -> {
            Thread runner = Thread.currentThread();
            window.execute(() -> started(run, runner));
            try {
                StorageProbe.Report found = StorageProbe.test(opener, step -> update(run, () -> steps.add(step)));
                update(run, () -> finished(report, found));
            } catch (RuntimeException e) {
                // The failure does not come from the storage. For example, the keychain is locked.
                update(run, () -> {
                    LOG.warn("The connection test could not continue", e);
                    finished(problem, ErrorMessages.of(e));
                });
            }
        });
    }

    /** Runs a change on the thread of the window, unless the test with this number was cancelled. */
    private void update(int run, Runnable change) {
        window.execute(() -> {
            if (run == runs) {
                change.run();
            }
        });
    }

    /**
     * Cancels the test and drops its results. The next test removes the files that the cancelled test left in the
     * storage.
     */
    void cancel() {
        runs++;
        Thread current = thread;
        thread = null;
        if (current != null) {
            current.interrupt();
        }
        running.set(false);
        report.set(null);
        problem.set(null);
        steps.clear();
    }

    private void started(int run, Thread runner) {
        if (run == runs) {
            thread = runner;
        } else {
            runner.interrupt();
        }
    }

    private <T> void finished(ReadOnlyObjectWrapper<@Nullable T> outcome, T value) {
        thread = null;
        running.set(false);
        outcome.set(value);
    }
}
