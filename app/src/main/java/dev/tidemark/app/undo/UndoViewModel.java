package dev.tidemark.app.undo;

import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.model.UndoStack;
import dev.tidemark.app.model.UndoStep;
import dev.tidemark.app.undo.Toasts.Toast;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs undo and redo, and shows messages about them. Belongs to the thread that runs the callbacks of {@code
 * background}.
 *
 * @param background runs commands in the order of the calls
 * @param show selects the item of an undone or redone step, if the step changed a single item
 */
public record UndoViewModel(
        UndoStack stack, SerialTaskRunner background, Toasts toasts, Consumer<UUID> show, Consumer<Throwable> failed) {
    public void undo() {
        run(stack::undo, Keys.UNDO_UNDONE);
    }

    public void redo() {
        run(stack::redo, Keys.UNDO_REDONE);
    }

    /** Runs a command in the background, then shows a message with a button that undoes the command. */
    public void runWithUndo(Callable<?> command, String sentence) {
        runWithUndo(
                () -> {
                    command.call();
                    return Messages.text(sentence);
                },
                () -> {});
    }

    /**
     * Runs a command in the background. Then calls {@code done} and shows the message that the command returned, with a
     * button that undoes the command.
     */
    public void runWithUndo(Callable<String> command, Runnable done) {
        runWithUndoIfChanged(() -> command.call(), done);
    }

    /** Like {@link #runWithUndo(Callable, Runnable)}, but shows no message if the command returns {@code null}. */
    public void runWithUndoIfChanged(Callable<@Nullable String> command, Runnable done) {
        background.run(
                () -> {
                    UndoStep before = stack.last();
                    String sentence = command.call();
                    UndoStep step = stack.last();
                    return sentence == null
                            ? null
                            : new Toast(sentence, step == null || step == before ? null : () -> undoStep(step));
                },
                (@Nullable Toast toast) -> {
                    done.run();
                    if (toast != null) {
                        toasts.show(toast);
                    }
                },
                failed);
    }

    private void undoStep(UndoStep step) {
        run(() -> stack.undo(step), Keys.UNDO_UNDONE);
    }

    private void run(Callable<UndoStack.@Nullable Outcome> move, String sentence) {
        background.run(
                move,
                (UndoStack.@Nullable Outcome outcome) -> {
                    if (outcome == null) {
                        boolean redoes = sentence.equals(Keys.UNDO_REDONE);
                        toasts.showMessage(Messages.text(redoes ? Keys.UNDO_NOTHING_REDO : Keys.UNDO_NOTHING));
                    } else {
                        showMessage(outcome, sentence);
                    }
                },
                failed);
    }

    private void showMessage(UndoStack.Outcome outcome, String sentence) {
        String action = Messages.text(key(outcome.step().action()));
        boolean other = outcome.step().action() == UndoStep.Action.KEEP && sentence.equals(Keys.UNDO_UNDONE);
        toasts.showMessage(
                Messages.text(!outcome.whole() ? Keys.UNDO_PARTLY : other ? Keys.UNDO_KEPT : sentence, action));
        if (outcome.step().items().size() == 1) {
            show.accept(outcome.step().items().getFirst());
        }
    }

    private static String key(UndoStep.Action action) {
        return switch (action) {
            case ADD -> Keys.UNDO_ADD;
            case DELETE -> Keys.UNDO_DELETE;
            case TITLE -> Keys.UNDO_TITLE;
            case TEXT -> Keys.UNDO_TEXT;
            case DONE -> Keys.UNDO_DONE;
            case OPEN -> Keys.UNDO_OPEN;
            case TRASH -> Keys.UNDO_TRASH;
            case RESTORE -> Keys.UNDO_RESTORE;
            case MOVE -> Keys.UNDO_MOVE;
            case DUE -> Keys.UNDO_DUE;
            case PRIORITY -> Keys.UNDO_PRIORITY;
            case REMINDER -> Keys.UNDO_REMINDER;
            case TAGS -> Keys.UNDO_TAGS;
            case ATTACHMENTS -> Keys.UNDO_ATTACHMENTS;
            case LIST -> Keys.UNDO_LIST;
            case KEEP -> Keys.UNDO_KEEP;
            case EDIT -> Keys.UNDO_EDIT;
        };
    }
}
