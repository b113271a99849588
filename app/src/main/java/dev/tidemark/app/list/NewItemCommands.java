package dev.tidemark.app.list;

import dev.tidemark.app.fx.UnsavedTexts;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.Kind;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.parser.QuickAdd;
import dev.tidemark.app.quickadd.LineParser;
import dev.tidemark.app.quickadd.PastedLines;
import dev.tidemark.app.quickadd.QuickAddTarget;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Adds items to what is shown: into its list, on its day, with its tag. What is typed may name others. Belongs to the view
 * model's thread.
 */
public final class NewItemCommands implements QuickAddTarget {
    private final UndoableItemWriter steps;
    private final Supplier<ItemSource> shown;
    private final LineParser lines;
    private final UnsavedTexts unsaved = new UnsavedTexts();

    /**
     * @param shown what the list shows
     * @param listNames the names of the person's lists
     */
    NewItemCommands(
            UndoableItemWriter steps, Supplier<ItemSource> shown, Supplier<? extends Collection<String>> listNames) {
        this.steps = steps;
        this.shown = shown;
        lines = new LineParser(listNames);
    }

    @Override
    public LineParser lines() {
        return lines;
    }

    @Override
    public void add(QuickAdd typed, BooleanSupplier refused) {
        if (!typed.title().isEmpty()) {
            ItemSource view = shown.get();
            NewItem item = placed(list -> typed.item(kind(view), list), view);
            String list = typed.list();
            UnsavedTexts.Line line = unsaved.line(typed.words());
            steps.run(
                    writer -> writer.add(list == null ? item : item.inList(writer.list(list))),
                    line::saved,
                    () -> line.refused(refused.getAsBoolean()));
        }
    }

    /** What was typed and is not known to be added. */
    public UnsavedTexts unsaved() {
        return unsaved;
    }

    /** Says so, with a way back. */
    @Override
    public void addLines(String text) {
        addLines(text, shown.get());
    }

    /** The same into a view that need not be shown. */
    public void addLines(String text, ItemSource into) {
        List<NewItem> made = PastedLines.titles(text).reversed().stream()
                .map(title -> plain(title, into))
                .toList();
        if (!made.isEmpty()) {
            steps.offer(writer -> {
                made.forEach(writer::add);
                return Messages.text(Keys.TOAST_ADDED, made.size());
            });
        }
    }

    /** An item as one makes it in this view: with its list, day or tag. */
    static NewItem plain(String title, ItemSource into) {
        NewItem item = kind(into) == Kind.NOTE ? NewItem.note(title) : NewItem.todo(title);
        return placed(item::inList, into);
    }

    /** A note in this view. */
    static NewItem note(String title, String body, ItemSource into) {
        return placed(NewItem.note(title).withBody(body)::inList, into);
    }

    private static Kind kind(ItemSource view) {
        return view instanceof ItemSource.Notes ? Kind.NOTE : Kind.TODO;
    }

    private static NewItem placed(Function<@Nullable UUID, NewItem> make, ItemSource view) {
        NewItem item = make.apply(view instanceof ItemSource.OfList list ? list.id() : null);
        return switch (view) {
            case ItemSource.Today today when item.due() == null -> item.withDue(new Due(today.date()));
            case ItemSource.Upcoming upcoming
            when item.due() == null -> item.withDue(new Due(upcoming.date().plusDays(1)));
            case ItemSource.OfTag tag -> item.withTags(withTag(item.tags(), tag.name()));
            default -> item;
        };
    }

    private static List<String> withTag(List<String> tags, String name) {
        return Stream.concat(tags.stream(), Stream.of(name)).distinct().toList();
    }
}
