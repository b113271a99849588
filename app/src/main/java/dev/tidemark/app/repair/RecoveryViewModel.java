package dev.tidemark.app.repair;

import dev.tidemark.app.backup.Backup;
import dev.tidemark.app.backup.Backups;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Offers the remedies for a damaged library after this process has closed it. Confined to the callback thread of its
 * runner.
 */
public final class RecoveryViewModel {
    private final LibraryRebuild library;
    private final SerialTaskRunner background;
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.of(Step.LOOKING, List.of()));

    /** The steps of a recovery. */
    public enum Step {
        LOOKING,
        /** Nothing can be recovered from this device. */
        NOTHING,
        /** The user chooses. */
        OFFERED,
        WORKING,
        /** The library can be opened. */
        DONE
    }

    /**
     * What the page shows. Immutable.
     *
     * @param sentences what a rebuild would do, or what was done
     * @param restore what restoring the backup would do; {@code null} if there is none
     * @param problem why the last remedy failed; {@code null} if it did not
     */
    public record State(
            Step step,
            List<String> sentences,
            @Nullable String restore,
            @Nullable String problem) {
        /** Copies the list. */
        public State {
            sentences = List.copyOf(sentences);
        }

        private static State of(Step step, List<String> sentences) {
            return new State(step, sentences, null, null);
        }
    }

    /** @param background works while the database is closed */
    public RecoveryViewModel(LibraryRebuild library, SerialTaskRunner background) {
        this.library = library;
        this.background = background;
    }

    public ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    private LibraryRebuild.@Nullable Plan plan;

    /** Finds out what can be recovered. */
    public void findPlan() {
        background.run(
                library::plan,
                found -> offer(found, null),
                failure -> state.set(new State(Step.NOTHING, List.of(), null, ErrorMessages.of(failure))));
    }

    private void offer(Optional<LibraryRebuild.Plan> found, @Nullable String problem) {
        LibraryRebuild.Plan offered = found.orElse(null);
        plan = offered;
        if (offered == null) {
            state.set(new State(Step.NOTHING, List.of(Messages.text(Keys.REBUILD_NOTHING)), null, problem));
            return;
        }
        Backup backup = offered.backup();
        state.set(new State(
                Step.OFFERED,
                RebuildText.plan(offered),
                backup == null ? null : RebuildText.restore(offered, backup),
                problem));
    }

    /** Rebuilds the library from backup and history. */
    public void rebuild() {
        LibraryRebuild.Plan chosen = plan;
        if (chosen != null) {
            work(() -> RebuildText.done(library.run(chosen)));
        }
    }

    /** Puts the backup in the place of the library. */
    public void restore() {
        Backup backup = plan == null ? null : plan.backup();
        if (backup != null) {
            work(() -> {
                Backups.Restored restored = library.backups().restoreInThisProcess(backup);
                List<String> sentences = new ArrayList<>();
                sentences.add(Messages.text(Keys.REBUILD_RESTORED, RebuildText.time(backup.at())));
                sentences.addAll(RebuildText.missingAttachments(restored.missingAttachments()));
                sentences.add(Messages.text(Keys.REBUILD_ASIDE, restored.aside()));
                return sentences;
            });
        }
    }

    private void work(Callable<List<String>> remedy) {
        LibraryRebuild.Plan before = plan;
        state.set(State.of(Step.WORKING, List.of()));
        background.run(
                remedy,
                done -> state.set(State.of(Step.DONE, done)),
                failure -> offer(Optional.ofNullable(before), ErrorMessages.of(failure)));
    }
}
