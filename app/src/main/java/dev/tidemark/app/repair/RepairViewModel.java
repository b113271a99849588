package dev.tidemark.app.repair;

import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks and repairs the library in the background. Confined to the callback thread of its runner. */
public final class RepairViewModel {
    private static final Logger LOG = LoggerFactory.getLogger(RepairViewModel.class);

    /** The number of steps to which the progress is rounded, so that progress updates do not keep the window busy. */
    private static final int STEPS = 100;

    private final LibraryRepair library;
    private final SerialTaskRunner files;
    private final Executor callbacks;
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper();
    private final ReadOnlyObjectWrapper<List<String>> sentences = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyBooleanWrapper repairable = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper adoptable = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<@Nullable String> problem = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable String> last = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper damaged = new ReadOnlyBooleanWrapper();
    private final Runnable recovery;

    /**
     * @param files works in the background
     * @param callbacks the thread of the callbacks of {@code files}
     * @param recovery closes the library and offers to rebuild it
     */
    public RepairViewModel(LibraryRepair library, SerialTaskRunner files, Executor callbacks, Runnable recovery) {
        this.recovery = recovery;
        this.library = library;
        this.files = files;
        this.callbacks = callbacks;
    }

    /** Whether a check or a repair runs. */
    public ReadOnlyBooleanProperty runningProperty() {
        return running.getReadOnlyProperty();
    }

    /** The share that is done, from 0 to 1. */
    public ReadOnlyDoubleProperty progressProperty() {
        return progress.getReadOnlyProperty();
    }

    /** Sentences about the findings and the repair; empty before the first check. */
    public ReadOnlyObjectProperty<List<String>> sentencesProperty() {
        return sentences.getReadOnlyProperty();
    }

    /** Whether a repair would change anything. */
    public ReadOnlyBooleanProperty repairableProperty() {
        return repairable.getReadOnlyProperty();
    }

    /** Whether some rows differ from their changes, so that the user can keep these rows as edits. */
    public ReadOnlyBooleanProperty adoptableProperty() {
        return adoptable.getReadOnlyProperty();
    }

    /** A sentence that says why the last check or repair failed; {@code null} if it did not fail. */
    public ReadOnlyObjectProperty<@Nullable String> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** When the library was last checked, and the result; {@code null} before the first {@link #refresh} or check. */
    public ReadOnlyObjectProperty<@Nullable String> lastProperty() {
        return last.getReadOnlyProperty();
    }

    /** Whether the file is damaged so that only a rebuild or a backup helps. */
    public ReadOnlyBooleanProperty damagedProperty() {
        return damaged.getReadOnlyProperty();
    }

    /** Closes the library and offers the remedies for a damaged file. */
    public void recover() {
        recovery.run();
    }

    /** Reads when the last check was, which may have run in the background. */
    public void refresh() {
        files.run(this::readLast, last::set, failure -> problem.set(ErrorMessages.of(failure)));
    }

    private @Nullable String readLast() {
        return new LastCheck(library.backups().folders())
                .read()
                .map(RepairText::last)
                .orElse(null);
    }

    /** Checks everything. */
    public void check() {
        run(library::check, List.of());
    }

    /** Repairs the library, then checks it again. Rows that differ from their changes get the values of the changes. */
    public void repair() {
        repair(LibraryRepair.Differences.RESTORED);
    }

    /** Repairs as {@link #repair()} does, but keeps rows that differ from their changes and records them as edits. */
    public void adopt() {
        repair(LibraryRepair.Differences.ADOPTED);
    }

    private void repair(LibraryRepair.Differences differences) {
        run(
                share -> {
                    LibraryRepair.Outcome outcome = library.repair(differences, part -> share.accept(part / 2));
                    LOG.info("A repair restored {} attachments: {}", outcome.attachments(), outcome.report());
                    return library.check(part -> share.accept((1 + part) / 2));
                },
                List.of(Messages.text(Keys.CHECK_REPAIRED)));
    }

    private void run(Function<DoubleConsumer, LibraryRepair.Findings> work, List<String> first) {
        running.set(true);
        problem.set(null);
        progress.set(0);
        files.run(
                () -> work.apply(this::report),
                found -> {
                    running.set(false);
                    repairable.set(found.isRepairable());
                    adoptable.set(!found.database().differences().isEmpty());
                    damaged.set(!found.database().damage().isEmpty()
                            && !found.database().isRepairable());
                    refresh();
                    List<String> lines = new ArrayList<>(first);
                    lines.addAll(RepairText.found(found));
                    lines.addAll(RepairText.plan(found));
                    sentences.set(lines);
                },
                failure -> {
                    running.set(false);
                    repairable.set(false);
                    adoptable.set(false);
                    damaged.set(Damage.isReasonOf(failure));
                    sentences.set(List.of());
                    problem.set(ErrorMessages.of(failure));
                });
    }

    private void report(double share) {
        double shown = Math.floor(share * STEPS) / STEPS;
        callbacks.execute(() -> progress.set(shown));
    }
}
