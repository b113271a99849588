package dev.tidemark.app.model;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Transaction;
import dev.tidemark.engine.changelog.VersionVector;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Records the user's steps since the window opened and reverts them. Each undo is a new transaction, which skips values
 * that were overwritten since the step. Typing continues a step if the pause is at most five seconds.
 *
 * <p>The latest 200 steps are held in memory, with at most 32 million characters and bytes.
 *
 * <p>Thread-safe. Steps are recorded in the order of their transactions only if one thread writes.
 */
public final class UndoStack implements TransactionRunner {
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final int MAX_STEPS = 200;
    private static final long MAX_LENGTH = 32_000_000;

    /**
     * The result of an undo or redo.
     *
     * @param whole whether the step was reverted completely. Otherwise some values had been overwritten and stay
     */
    public record Outcome(UndoStep step, boolean whole) {}

    private record Written<T extends @Nullable Object>(T result, List<Transaction.RowEdit> edits) {}

    private record Reverted(boolean whole, List<Transaction.RowEdit> edits) {}

    private final Database database;
    private final TransactionRunner direct;
    private final InstantSource clock;
    private final Deque<UndoStep> undoSteps = new ArrayDeque<>();
    private final Deque<UndoStep> redoSteps = new ArrayDeque<>();
    private boolean ended;
    private boolean isFieldUndoing;

    /** @param clock the clock for the times of items and for typing pauses */
    public UndoStack(Database database, InstantSource clock) {
        this.database = database;
        this.direct = TransactionRunner.of(database, clock);
        this.clock = clock;
    }

    @Override
    public <T extends @Nullable Object> T write(@Nullable VersionVector seen, Function<Transaction, T> work) {
        Written<T> written = direct.write(seen, transaction -> {
            Map<UUID, String> merged = MergedTexts.texts(transaction);
            T result = work.apply(transaction);
            List<Transaction.RowEdit> edits = MergedTexts.corrected(transaction.edits(), merged, transaction);
            return new Written<>(result, unmarkPurged(transaction, edits));
        });
        remember(written.edits(), null);
        return written.result();
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public void resolveConflict(Function<Transaction, List<Transaction.RowEdit>> work) {
        remember(direct.write(null, work), UndoStep.Action.KEEP);
    }

    @Override
    public void writeWithEdits(Function<Transaction, List<Transaction.RowEdit>> work) {
        remember(direct.write(null, transaction -> unmarkPurged(transaction, work.apply(transaction))), null);
    }

    /** Removes the marks of items that undo or redo can restore, because these items must not be erased. */
    private static List<Transaction.RowEdit> unmarkPurged(Transaction transaction, List<Transaction.RowEdit> edits) {
        Erasure.unmarkPurged(transaction, edits);
        return edits;
    }

    /** Also removes edits of the deleted rows from all steps. */
    @Override
    public <T extends @Nullable Object> T writeWithoutUndo(Function<Transaction, T> work) {
        Written<T> written = direct.write(null, transaction -> {
            T result = work.apply(transaction);
            return new Written<>(result, transaction.edits());
        });
        Set<UUID> deletedRows = new HashSet<>();
        written.edits().stream()
                .filter(Transaction.RowEdit::isDelete)
                .map(Transaction.RowEdit::row)
                .forEach(deletedRows::add);
        dropRows(deletedRows);
        return written.result();
    }

    /** @param action the action of the step; {@code null} if the edits determine it */
    private synchronized void remember(List<Transaction.RowEdit> edits, UndoStep.@Nullable Action action) {
        if (edits.isEmpty()) {
            return;
        }
        if (isFieldUndoing && mergeFieldUndo(new UndoStep(edits, clock.instant()))) {
            return;
        }
        redoSteps.clear();
        UndoStep step =
                action == null ? new UndoStep(edits, clock.instant()) : new UndoStep(edits, clock.instant(), action);
        UndoStep before = undoSteps.peekLast();
        UndoStep joined = before != null && !ended && isSoonAfter(before, step) && before.isContinuedBy(step)
                ? before.joined(step)
                : null;
        ended = false;
        if (joined != null) {
            undoSteps.removeLast();
        }
        undoSteps.addLast(joined == null ? step : joined);
        while (undoSteps.size() > MAX_STEPS || (undoSteps.size() > 1 && length() > MAX_LENGTH)) {
            undoSteps.removeFirst();
        }
    }

    /**
     * Shortens or removes the last typing steps of a text after the text field's own undo has reverted a part of them.
     */
    private boolean mergeFieldUndo(UndoStep step) {
        UndoStep last = undoSteps.peekLast();
        UndoStep rest = last == null ? null : last.joined(step);
        if (rest == null) {
            return false;
        }
        int whole = numberReverted(step);
        for (int index = 0; index < Math.max(1, whole); index++) {
            undoSteps.removeLast();
        }
        if (whole == 0) {
            undoSteps.addLast(rest);
        }
        redoSteps.addLast(step);
        return true;
    }

    /** Returns how many of the latest steps this step reverts completely; 0 if it reverts a step only in part. */
    private int numberReverted(UndoStep step) {
        int number = 0;
        for (Iterator<UndoStep> latest = undoSteps.descendingIterator(); latest.hasNext(); ) {
            UndoStep joined = latest.next().joined(step);
            number++;
            if (joined == null || joined.isEmpty()) {
                return joined == null ? 0 : number;
            }
        }
        return 0;
    }

    @Override
    public synchronized void setFieldUndoing(boolean isUndoing) {
        isFieldUndoing = isUndoing;
    }

    @Override
    public synchronized void endStep() {
        ended = true;
    }

    private static boolean isSoonAfter(UndoStep before, UndoStep step) {
        Instant end = before.at().plus(PAUSE);
        return !step.at().isAfter(end);
    }

    private long length() {
        return undoSteps.stream().mapToLong(UndoStep::length).sum();
    }

    private synchronized void dropRows(Set<UUID> rows) {
        for (Deque<UndoStep> steps : List.of(undoSteps, redoSteps)) {
            List<UndoStep> kept = steps.stream()
                    .map(step -> step.without(rows))
                    .filter(Objects::nonNull)
                    .toList();
            steps.clear();
            steps.addAll(kept);
        }
    }

    /** Returns the step that {@link #undo()} would revert; {@code null} if there is none. */
    public synchronized @Nullable UndoStep last() {
        return undoSteps.peekLast();
    }

    /** Returns the step that {@link #redo} would repeat; {@code null} if there is none. */
    public synchronized @Nullable UndoStep lastUndone() {
        return redoSteps.peekLast();
    }

    public @Nullable Outcome undo() {
        UndoStep step = last();
        return step == null ? null : move(step, undoSteps, redoSteps);
    }

    /** Reverts this step, regardless of later steps. Returns {@code null} if the step cannot be undone any more. */
    public @Nullable Outcome undo(UndoStep step) {
        return move(step, undoSteps, redoSteps);
    }

    public @Nullable Outcome redo() {
        UndoStep step = lastUndone();
        return step == null ? null : move(step, redoSteps, undoSteps);
    }

    private @Nullable Outcome move(UndoStep step, Deque<UndoStep> from, Deque<UndoStep> to) {
        synchronized (this) {
            if (!from.contains(step)) {
                return null;
            }
        }
        Reverted reverted = database.write(transaction -> {
            Map<UUID, String> merged = MergedTexts.texts(transaction);
            List<Transaction.RowEdit> edits = MergedTexts.prepared(step.edits(), transaction);
            Set<Transaction.RowEdit> left = new HashSet<>(transaction.revert(edits));
            ItemWriter writer = new ItemWriter(transaction, clock);
            edits.stream().filter(edit -> !left.contains(edit)).forEach(writer::edited);
            return new Reverted(
                    left.isEmpty() && edits.size() == step.edits().size(),
                    unmarkPurged(transaction, MergedTexts.corrected(transaction.edits(), merged, transaction)));
        });
        synchronized (this) {
            from.remove(step);
            if (!reverted.edits().isEmpty()) {
                to.addLast(new UndoStep(reverted.edits(), Instant.EPOCH, step.action()));
            }
        }
        return new Outcome(step, reverted.whole());
    }
}
