package dev.tidemark.app.palette;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** What the palette offers for what was typed. Belongs to one thread. */
public final class PaletteViewModel {
    private static final int MOST_COMMANDS = 12;

    /** Worse than any word that begins so. */
    private static final int WITHIN = 1000;

    private final Supplier<List<Command>> commands;
    private final ItemFinder items;
    private final StringProperty typed = new SimpleStringProperty("");
    private final IntegerProperty chosen = new SimpleIntegerProperty(-1);
    private final ObservableList<PaletteEntry> entries = FXCollections.observableArrayList();
    private List<Command> known = List.of();

    /** @param commands what can be done at the moment, asked for each time the palette is opened */
    public PaletteViewModel(Supplier<List<Command>> commands, ItemFinder items) {
        this.commands = commands;
        this.items = items;
        typed.subscribe(this::search);
    }

    StringProperty typedProperty() {
        return typed;
    }

    /** The place of the entry that Enter runs; -1 if there is none. */
    IntegerProperty chosenProperty() {
        return chosen;
    }

    ObservableList<PaletteEntry> entries() {
        return entries;
    }

    /** Begins anew. */
    public void begin() {
        known = commands.get();
        typed.set("");
        search("");
    }

    /** Chooses the next entry, or one before; from the last, the first. */
    void move(int by) {
        if (!entries.isEmpty()) {
            chosen.set(Math.floorMod(chosen.get() + by, entries.size()));
        }
    }

    /** Runs what is chosen. Returns whether there was anything. */
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
                .limit(words.isEmpty() ? Long.MAX_VALUE : MOST_COMMANDS)
                .toList();
        List<PaletteEntry> fitting =
                commands.stream().map(PaletteViewModel::entry).toList();
        int beginnings = (int) commands.stream()
                .filter(command -> rank(command.name(), words) < WITHIN)
                .count();
        show(fitting, 0);
        if (!words.isEmpty()) {
            items.find(text.strip(), found -> {
                if (text.equals(typed.get())) {
                    // What only holds the letters somewhere within a word is worth less than an item that was found.
                    List<PaletteEntry> both = new ArrayList<>(fitting);
                    both.addAll(beginnings, found);
                    int before = chosen.get();
                    show(both, before <= 0 ? 0 : before < beginnings ? before : before + found.size());
                }
            });
        }
    }

    private static PaletteEntry entry(Command command) {
        return new PaletteEntry(command.icon(), command.color(), command.name(), command.keyText(), command.run());
    }

    private void show(List<PaletteEntry> next, int wanted) {
        entries.setAll(next);
        chosen.set(next.isEmpty() ? -1 : wanted);
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.getDefault()).split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** The smaller the better: how many words are within others, then where the first stands; the greatest number if one is missing. */
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
