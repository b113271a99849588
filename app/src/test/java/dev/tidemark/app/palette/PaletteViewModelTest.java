package dev.tidemark.app.palette;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.palette.Command.Group;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PaletteViewModelTest {
    private final List<String> ran = new ArrayList<>();
    private final Map<String, Consumer<List<PaletteEntry>>> asked = new HashMap<>();
    private final PaletteViewModel palette = new PaletteViewModel(
            () -> List.of(command("New item"), command("Settings"), command("Work items")), asked::put);

    private Command command(String name) {
        return new Command(Group.WINDOW, "icon", name, null, () -> ran.add(name));
    }

    private PaletteEntry item(String title) {
        return new PaletteEntry(PaletteEntry.Group.ITEMS, "icon", null, title, "Inbox", () -> ran.add(title));
    }

    private List<String> texts() {
        return palette.entries().stream().map(PaletteEntry::text).toList();
    }

    @Test
    void beginsWithEverythingAndTheFirstChosen() {
        palette.begin();
        assertThat(texts()).containsExactly("New item", "Settings", "Work items");
        assertThat(palette.run()).isTrue();
        assertThat(ran).containsExactly("New item");
    }

    @Test
    void findsByAnyWordInAnyOrderAndTheBeginningsFirst() {
        palette.begin();
        palette.typedProperty().set("ITEM");
        assertThat(texts()).containsExactly("New item", "Work items");
        palette.typedProperty().set("it wo");
        assertThat(texts()).containsExactly("Work items");
        palette.typedProperty().set("tem");
        assertThat(texts()).containsExactly("New item", "Work items");
        palette.typedProperty().set("nothing like it");
        assertThat(texts()).isEmpty();
        assertThat(palette.run()).isFalse();
    }

    @Test
    void whatIsChosenGoesRound() {
        palette.begin();
        palette.move(-1);
        palette.move(-1);
        assertThat(palette.run()).isTrue();
        palette.move(2);
        assertThat(palette.run()).isTrue();
        assertThat(ran).containsExactly("Settings", "New item");
    }

    @Test
    void itemsComeBeforeCommandsThatHoldTheLettersOnlyWithinAWord() {
        palette.begin();
        palette.typedProperty().set("t");
        asked.get("t").accept(List.of(item("Take the ferry")));
        assertThat(texts()).containsExactly("Take the ferry", "New item", "Settings", "Work items");
        assertThat(palette.run()).isTrue();
        assertThat(ran).containsExactly("Take the ferry");
    }

    @Test
    void itemsFollowWhenTheyAreFoundAndLateOnesAreDropped() {
        palette.begin();
        palette.typedProperty().set("work");
        palette.typedProperty().set("work i");
        palette.move(1);
        asked.get("work").accept(List.of(item("Work hard")));
        assertThat(texts()).containsExactly("Work items");
        asked.get("work i").accept(List.of(item("Work it out"), item("Do work in time")));
        assertThat(texts()).containsExactly("Work items", "Work it out", "Do work in time");
        palette.move(1);
        assertThat(palette.run()).isTrue();
        assertThat(ran).containsExactly("Work it out");
    }

    @Test
    void placesAndActionsAreGroupsAndTheBetterMatchComesFirst() {
        PaletteViewModel mixed = new PaletteViewModel(
                () -> List.of(
                        command("Print"),
                        new Command(Group.PLACES, "icon", "Inbox", null, () -> {}),
                        command("Import"),
                        new Command(Group.PLACES, "icon", "Notes in lists", null, () -> {})),
                asked::put);
        mixed.begin();
        assertThat(mixed.entries().stream().map(PaletteEntry::text))
                .containsExactly("Print", "Import", "Inbox", "Notes in lists");
        mixed.typedProperty().set("in");
        assertThat(mixed.entries().stream().map(PaletteEntry::text))
                .containsExactly("Inbox", "Notes in lists", "Print");
    }

    @Test
    void commandsThatWereRunComeFirstWhileNothingIsTyped() {
        palette.begin();
        palette.move(1);
        palette.run();
        palette.begin();
        assertThat(texts()).containsExactly("Settings", "New item", "Settings", "Work items");
        assertThat(palette.entries().getFirst().group()).isEqualTo(PaletteEntry.Group.RECENT);
        palette.typedProperty().set("sett");
        assertThat(texts()).containsExactly("Settings");
    }
}
