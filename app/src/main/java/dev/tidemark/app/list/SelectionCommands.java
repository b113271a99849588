package dev.tidemark.app.list;

import dev.tidemark.app.format.PriorityFormat;
import dev.tidemark.app.fx.ColorDot;
import dev.tidemark.app.model.ItemList;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.Priority;
import dev.tidemark.app.palette.Command;
import dev.tidemark.app.palette.Command.Group;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import org.jspecify.annotations.Nullable;

/**
 * Creates the commands for the current selection, for the row menu and the palette.
 *
 * @param always the commands that the window also offers elsewhere
 */
public record SelectionCommands(
        SelectionSnapshot.Source selected,
        ItemCommands items,
        Supplier<List<ItemList>> lists,
        Supplier<List<String>> tags,
        Supplier<LocalDate> today,
        Predicate<UUID> hasConflict,
        Consumer<UUID> openConflict,
        CommonCommands always) {
    private static final String MOVE = "row-move";
    private static final String TAGS = "row-tags";

    public sealed interface MenuEntry {
        record Single(String id, Command command) implements MenuEntry {}

        record Submenu(String id, String icon, String name, List<Choice> choices) implements MenuEntry {}

        record Separator() implements MenuEntry {}
    }

    /**
     * A choice of a submenu.
     *
     * @param color the colour of a dot before the name; {@code null} for none
     * @param isCurrent whether the choice is the current value; {@code null} for no check mark
     */
    record Choice(
            String id,
            String name,
            @Nullable String icon,
            @Nullable String color,
            @Nullable Boolean isCurrent,
            Runnable run) {}

    /** The commands that the window offers in other places as well. */
    public record CommonCommands(
            Command open, Command tick, Command duplicate, Command copy, Command print, Command trash) {}

    /** The entries of the row menu; empty if nothing is selected. */
    public List<MenuEntry> lines() {
        if (selected.snapshot().isEmpty()) {
            return List.of();
        }
        MenuEntry open = new MenuEntry.Single("row-open", keyed(always.open(), KeyCode.ENTER));
        MenuEntry copy = new MenuEntry.Single("row-copy", always.copy());
        MenuEntry print = new MenuEntry.Single("row-print", always.print());
        if (isTrash()) {
            return List.of(
                    open,
                    new MenuEntry.Single("row-restore", restore()),
                    copy,
                    print,
                    new MenuEntry.Separator(),
                    purge());
        }
        List<MenuEntry> lines = new ArrayList<>(List.of(open));
        conflict().forEach(command -> lines.add(new MenuEntry.Single("row-conflict", command)));
        lines.addAll(List.of(new MenuEntry.Single("row-tick", tick()), new MenuEntry.Separator()));
        lines.addAll(choices());
        lines.addAll(List.of(
                new MenuEntry.Separator(),
                new MenuEntry.Single("row-duplicate", always.duplicate()),
                copy,
                print,
                new MenuEntry.Separator(),
                new MenuEntry.Single("row-trash", keyed(always.trash(), KeyCode.DELETE))));
        return lines;
    }

    /** The commands that the palette adds for the selection. */
    public List<Command> commands() {
        if (selected.snapshot().isEmpty()) {
            return List.of();
        }
        if (isTrash()) {
            return List.of(restore());
        }
        List<Command> all = new ArrayList<>(conflict());
        for (MenuEntry.Submenu several : choices()) {
            for (Choice choice : several.choices()) {
                if (changesNothing(several, choice)) {
                    continue;
                }
                all.add(new Command(
                        Group.ITEMS,
                        several.icon(),
                        Messages.text(Keys.COMMAND_CHOICE, several.name(), choice.name()),
                        null,
                        choice.run()));
            }
        }
        return all;
    }

    /** A choice of a tag that all items have removes the tag. Any other current choice changes nothing. */
    private boolean changesNothing(MenuEntry.Submenu several, Choice choice) {
        return several.id().equals(MOVE)
                ? Boolean.TRUE.equals(all(row -> moveId(row.listId()).equals(choice.id())))
                : Boolean.TRUE.equals(choice.isCurrent()) && !several.id().equals(TAGS);
    }

    private static String moveId(@Nullable UUID list) {
        return MOVE + "-" + (list == null ? "inbox" : list);
    }

    private boolean isTrash() {
        List<ItemRow> rows = selected.snapshot().rows();
        return !rows.isEmpty() && rows.stream().allMatch(ItemRow::trashed);
    }

    /** Whether all selected items match; {@code null} if some are not loaded. */
    private @Nullable Boolean all(Predicate<ItemRow> predicate) {
        SelectionSnapshot now = selected.snapshot();
        return now.isFullyLoaded() ? !now.isEmpty() && now.rows().stream().allMatch(predicate) : null;
    }

    /** Adds a key that works only while the list has the focus. */
    private static Command keyed(Command command, KeyCode key) {
        KeyCombination keys = new KeyCodeCombination(key);
        return new Command(command.group(), command.icon(), command.name(), keys, command.run());
    }

    /** Returns the command that opens the conflict; empty unless a single item with a conflict is selected. */
    private List<Command> conflict() {
        SelectionSnapshot now = selected.snapshot();
        UUID id =
                now.number() == 1 && now.isFullyLoaded() ? now.rows().getFirst().id() : null;
        return id == null || !hasConflict.test(id)
                ? List.of()
                : List.of(new Command(
                        Group.ITEMS,
                        Icons.CONFLICT,
                        Messages.text(Keys.COMMAND_CONFLICT),
                        null,
                        () -> openConflict.accept(id)));
    }

    private Command restore() {
        return new Command(
                Group.ITEMS, Icons.RESTORE, Messages.text(Keys.COMMAND_RESTORE), null, items::restoreSelected);
    }

    /**
     * Returns the command that completes or reopens the selected items, with a name for its effect. If only some of
     * them are completed, the command completes the others.
     */
    private Command tick() {
        Command tick = always.tick();
        Boolean done = all(ItemRow::done);
        String name = Messages.text(Boolean.TRUE.equals(done) ? Keys.COMMAND_REOPEN : Keys.COMMAND_COMPLETE);
        return new Command(tick.group(), tick.icon(), name, tick.keys(), tick.run());
    }

    /** Returns a submenu with one entry, so that one wrong click purges nothing. */
    private MenuEntry.Submenu purge() {
        String label =
                Messages.text(Keys.COMMAND_PURGE_SURE, selected.snapshot().number());
        return new MenuEntry.Submenu(
                "row-purge",
                Icons.CLOSE,
                Messages.text(Keys.COMMAND_PURGE),
                List.of(new Choice("row-purge-sure", label, null, null, null, items::purgeSelected)));
    }

    private List<MenuEntry.Submenu> choices() {
        List<MenuEntry.Submenu> choices = new ArrayList<>(List.of(due(), priority(), move()));
        if (!tags.get().isEmpty()) {
            choices.add(tagged());
        }
        return choices;
    }

    private MenuEntry.Submenu due() {
        LocalDate day = today.get();
        LocalDate monday = day.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
        return new MenuEntry.Submenu(
                "row-due",
                Icons.DUE,
                Messages.text(Keys.COMMAND_DUE),
                List.of(
                        day("today", Keys.DUE_TODAY, day),
                        day("tomorrow", Keys.DUE_TOMORROW, day.plusDays(1)),
                        day("next-week", Keys.DUE_NEXT_WEEK, monday),
                        day("none", Keys.DUE_CLEAR, null)));
    }

    private Choice day(String id, String key, @Nullable LocalDate day) {
        Boolean isCurrent =
                all(row -> Objects.equals(row.due() == null ? null : row.due().date(), day));
        return choice("row-due-" + id, Messages.text(key), isCurrent, chosen -> items.setDay(chosen, day));
    }

    private Choice choice(String id, String name, @Nullable Boolean isCurrent, Consumer<SelectionSnapshot> action) {
        return new Choice(id, name, null, null, isCurrent, () -> selected.withAll(action));
    }

    private MenuEntry.Submenu priority() {
        List<Choice> choices = new ArrayList<>();
        for (Priority each : Priority.values()) {
            Boolean isCurrent = all(row -> row.priority() == each);
            String name = Messages.text(PriorityFormat.key(each));
            choices.addFirst(
                    choice("row-priority-" + each.text(), name, isCurrent, chosen -> items.setPriority(chosen, each)));
        }
        return new MenuEntry.Submenu("row-priority", Icons.PRIORITY, Messages.text(Keys.COMMAND_PRIORITY), choices);
    }

    private MenuEntry.Submenu move() {
        List<Choice> choices = new ArrayList<>();
        choices.add(move(Messages.text(Keys.SIDEBAR_INBOX), Icons.INBOX, null, null));
        for (ItemList list : lists.get()) {
            String color = ColorDot.colorOf(list.id(), list.color());
            choices.add(move(list.name(), null, color, list.id()));
        }
        return new MenuEntry.Submenu(MOVE, Icons.LIST, Messages.text(Keys.COMMAND_MOVE), choices);
    }

    private Choice move(String name, @Nullable String icon, @Nullable String color, @Nullable UUID list) {
        return new Choice(
                moveId(list),
                name,
                icon,
                color,
                null,
                () -> selected.withAll(chosen -> items.moveTo(chosen, list, name)));
    }

    /**
     * Returns a submenu of tags. A choice removes its tag if all selected items have the tag, and otherwise adds the
     * tag.
     */
    private MenuEntry.Submenu tagged() {
        List<Choice> choices = new ArrayList<>();
        for (String tag : tags.get()) {
            Boolean isCurrent = all(row -> row.tags().contains(tag));
            choices.add(choice("row-tag-" + tag, "#" + tag, isCurrent, chosen -> setTag(chosen, tag, isCurrent)));
        }
        return new MenuEntry.Submenu(TAGS, Icons.TAG, Messages.text(Keys.COMMAND_TAGS), choices);
    }

    private void setTag(SelectionSnapshot chosen, String tag, @Nullable Boolean isCurrent) {
        if (isCurrent == null) {
            items.toggleTag(chosen, tag);
        } else {
            items.setTag(chosen, tag, !isCurrent);
        }
    }
}
