package dev.tidemark.app.quickadd;

import dev.tidemark.app.errors.ErrorReport;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.app.fx.UnsavedTexts;
import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.app.model.ItemList;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.Kind;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.SidebarQueries;
import dev.tidemark.app.model.TransactionRunner;
import dev.tidemark.app.parser.QuickAdd;
import dev.tidemark.engine.Database;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds todos to the Inbox or to the list that the line names. Belongs to the thread that runs the callbacks of its
 * {@link SerialTaskRunner}.
 */
public final class QuickAddViewModel implements QuickAddTarget {
    private static final Logger LOG = LoggerFactory.getLogger(QuickAddViewModel.class);

    private final Database database;
    private final Items items;
    private final SerialTaskRunner background;
    private final Consumer<Throwable> ending;
    private final ReadOnlyObjectWrapper<List<String>> lists = new ReadOnlyObjectWrapper<>(List.of());
    private final LineParser lines;
    private final UnsavedTexts unsaved = new UnsavedTexts();
    private final ReadOnlyObjectWrapper<Outcome> outcome = new ReadOnlyObjectWrapper<>(Outcome.NONE);

    /**
     * The result of the last line.
     *
     * @param sentence the message; empty before the first line
     * @param isProblem whether the write failed
     */
    public record Outcome(String sentence, boolean isProblem) {
        static final Outcome NONE = new Outcome("", false);
    }

    /** @param ending receives a failure that makes the library unusable */
    public QuickAddViewModel(
            Database database,
            TransactionRunner writes,
            SerialTaskRunner background,
            Supplier<ZonedDateTime> clock,
            Consumer<Throwable> ending) {
        this.database = database;
        this.items = new Items(writes);
        this.background = background;
        this.ending = ending;
        lines = new LineParser(lists::get, clock);
        readLists();
    }

    private void readLists() {
        background.run(
                () -> database.list(SidebarQueries.lists()).stream()
                        .map(ItemList::name)
                        .toList(),
                lists::set,
                this::report);
    }

    /** The names of the user's lists; empty until they are read. */
    ReadOnlyObjectProperty<List<String>> listsProperty() {
        return lists.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Outcome> outcomeProperty() {
        return outcome.getReadOnlyProperty();
    }

    @Override
    public LineParser lines() {
        return lines;
    }

    @Override
    public void add(QuickAdd typed, BooleanSupplier refused) {
        if (typed.title().isEmpty()) {
            return;
        }
        UnsavedTexts.Line line = unsaved.line(typed.words());
        write(
                () -> {
                    items.inTransaction(writer ->
                            writer.add(typed.item(Kind.TODO, typed.list() == null ? null : writer.list(typed.list()))));
                    line.saved();
                    return true;
                },
                Messages.text(Keys.QUICK_WINDOW_ADDED, SingleLineText.abbreviate(typed.title())),
                () -> line.refused(refused.getAsBoolean()));
    }

    /** The typed lines that are not saved yet. */
    public UnsavedTexts unsaved() {
        return unsaved;
    }

    @Override
    public void addLines(String text) {
        List<String> titles = PastedLines.titles(text).reversed();
        write(
                () -> items.inTransaction(writer -> {
                    titles.forEach(title -> writer.add(NewItem.todo(title)));
                    return titles;
                }),
                Messages.text(Keys.TOAST_ADDED, titles.size()),
                () -> {});
    }

    private void write(Callable<?> work, String sentence, Runnable refused) {
        background.run(
                work,
                done -> {
                    readLists();
                    outcome.set(new Outcome(sentence, false));
                },
                failure -> {
                    refused.run();
                    report(failure);
                });
    }

    private void report(Throwable failure) {
        LOG.warn("Quick add failed", failure);
        if (ErrorReport.isFatal(failure)) {
            ending.accept(failure);
        } else {
            outcome.set(new Outcome(ErrorMessages.of(failure), true));
        }
    }
}
