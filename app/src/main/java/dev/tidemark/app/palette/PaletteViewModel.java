package dev.tidemark.app.palette;

import dev.tidemark.app.palette.PaletteEntry.Group;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** Finds and ranks the entries of the palette for the typed words. Belongs to one thread. */
public final class PaletteViewModel {
    private static final int MAX_COMMANDS = 12;

    private static final int MAX_RECENT = 5;

    /** The rank of a match within a word, which is worse than any match at the start of a word. */
    private static final int WITHIN = 1000;

    private final Supplier<List<Command>> commands;
    private final BiConsumer<String, Consumer<List<PaletteEntry>>> items;
    private final StringProperty typed = new SimpleStringProperty("");
    private final IntegerProperty chosen = new SimpleIntegerProperty(-1);
    private final ObservableList<PaletteEntry> entries = FXCollections.observableArrayList();
    /** The names of the commands that the user ran last, the latest first. */
    private final List<String> recent = new ArrayList<>();

    private List<Command> known = List.of();

    /**
     * @param commands returns the available commands. Called each time the palette opens
     * @param items finds the few best items for a text that is not blank, and delivers them later on the thread of this
     *     object
     */
    public PaletteViewModel(Supplier<List<Command>> commands, BiConsumer<String, Consumer<List<PaletteEntry>>> items) {
        this.commands = commands;
        this.items = items;
        typed.subscribe(this::search);
    }

    StringProperty typedProperty() {
        return typed;
    }

    /** The index of the entry that Enter runs; -1 without entries. */
    IntegerProperty chosenProperty() {
        return chosen;
    }

    ObservableList<PaletteEntry> entries() {
        return entries;
    }

    /** Clears the field and reads the available commands. */
    public void begin() {
        known = commands.get();
        typed.set("");
        search("");
    }

    /** Selects the next or previous entry. Wraps around at the ends. */
    void move(int by) {
        if (!entries.isEmpty()) {
            chosen.set(Math.floorMod(chosen.get() + by, entries.size()));
        }
    }

    /** Runs the selected entry. Returns {@code false} if no entry is selected. */
    boolean run() {
        int index = chosen.get();
        if (index < 0 || index >= entries.size()) {
            return false;
        }
        entries.get(index).run().run();
        return true;
    }

    private void search(String text) {
        List<String> words = words(text);
        List<Command> commands = known.stream()
                .filter(command -> rank(command.name(), words) < Integer.MAX_VALUE)
                .sorted(Comparator.comparingInt(command -> rank(command.name(), words)))
                .limit(words.isEmpty() ? Long.MAX_VALUE : MAX_COMMANDS)
                .toList();
        show(grouped(commands, List.of(), words), 0);
        if (!words.isEmpty()) {
            items.accept(text.strip(), found -> {
                if (text.equals(typed.get())) {
                    PaletteEntry before = chosen.get() <= 0 ? null : entries.get(chosen.get());
                    List<PaletteEntry> all = grouped(commands, found, words);
                    show(all, before == null ? 0 : indexOf(before, all));
                }
            });
        }
    }

    /**
     * The entries of each group together. The group with the best match comes first; found items rank between commands
     * that match at the beginning of a word and those that match within one.
     */
    private List<PaletteEntry> grouped(List<Command> commands, List<PaletteEntry> found, List<String> words) {
        Map<Group, List<PaletteEntry>> groups = new LinkedHashMap<>();
        if (words.isEmpty()) {
            recent.stream()
                    .flatMap(name ->
                            commands.stream().filter(command -> command.name().equals(name)))
                    .forEach(command -> add(groups, entry(Group.RECENT, command)));
        }
        for (Command command : commands) {
            if (!found.isEmpty() && rank(command.name(), words) >= WITHIN) {
                groups.putIfAbsent(Group.ITEMS, new ArrayList<>(found));
            }
            add(groups, entry(command.group() == Command.Group.PLACES ? Group.PLACES : Group.ACTIONS, command));
        }
        if (!found.isEmpty()) {
            groups.putIfAbsent(Group.ITEMS, new ArrayList<>(found));
        }
        return groups.values().stream().flatMap(List::stream).toList();
    }

    private static int indexOf(PaletteEntry wanted, List<PaletteEntry> entries) {
        return IntStream.range(0, entries.size())
                .filter(index -> entries.get(index).group() == wanted.group()
                        && entries.get(index).text().equals(wanted.text()))
                .findFirst()
                .orElse(0);
    }

    private static void add(Map<Group, List<PaletteEntry>> groups, PaletteEntry entry) {
        groups.computeIfAbsent(entry.group(), group -> new ArrayList<>()).add(entry);
    }

    private PaletteEntry entry(Group group, Command command) {
        return new PaletteEntry(group, command.icon(), command.color(), command.name(), command.keyText(), () -> {
            recent.remove(command.name());
            recent.addFirst(command.name());
            if (recent.size() > MAX_RECENT) {
                recent.removeLast();
            }
            command.run().run();
        });
    }

    private void show(List<PaletteEntry> next, int wanted) {
        entries.setAll(next);
        chosen.set(next.isEmpty() ? -1 : wanted);
    }

    /** Returns the typed words in lower case. */
    List<String> words() {
        return words(typed.get());
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.getDefault()).split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /**
     * Returns the rank of a name; smaller is better. It is the sum of the ranks of all typed words. If a word of the
     * name starts with the typed word, the rank is the position of this match, at most 100. For a match within a word,
     * it is {@link #WITHIN}. If the name lacks a typed word, returns {@link Integer#MAX_VALUE}.
     */
    private static int rank(String name, List<String> words) {
        String text = " " + name.toLowerCase(Locale.getDefault());
        int rank = 0;
        for (String word : words) {
            int beginning = text.indexOf(" " + word);
            if (beginning < 0 && !text.contains(word)) {
                return Integer.MAX_VALUE;
            }
            rank += beginning < 0 ? WITHIN : Math.min(beginning, 100);
        }
        return rank;
    }
}
