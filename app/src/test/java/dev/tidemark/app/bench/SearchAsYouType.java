package dev.tidemark.app.bench;

import dev.tidemark.app.driver.Screen;
import dev.tidemark.bench.Figure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javafx.scene.input.KeyCode;

/** N15: searching a very long list letter by letter, with the results after each. */
final class SearchAsYouType implements WindowRun.Scenario {
    private static final int DIGITS = 5;

    static List<Figure> measure(Path folder, int items, int runs) throws IOException {
        Path profile = LargeList.profile(folder, items);
        return WindowRun.start("N15", profile, folder, Integer.toString(items), Integer.toString(runs));
    }

    @Override
    public List<Figure> play(Screen screen, String... arguments) throws Exception {
        String items = arguments[3];
        int runs = Integer.parseInt(arguments[4]);
        screen.click("view-all");
        screen.await("all items are counted", () -> screen.text("view-count").equals(items));
        screen.press(KeyCode.CONTROL, KeyCode.F);
        screen.await("the field is open", () -> screen.shows("search"));
        Typist typist = new Typist(new Frames());
        List<Double> listed = new ArrayList<>();
        List<Double> slowest = new ArrayList<>();
        List<Double> drawn = new ArrayList<>();
        for (int run = 0; run <= runs; run++) {
            List<Typist.Found> round = round(screen, typist);
            if (run > 0) {
                List<Double> times = round.stream().map(Typist.Found::listed).toList();
                listed.add(WindowRun.percentile(times, 95));
                slowest.add(Collections.max(times));
                drawn.add(WindowRun.percentile(
                        round.stream().map(Typist.Found::drawn).toList(), 95));
            }
        }
        return List.of(
                Figure.of("N15", "P95 from a letter until the list has what it finds", "ms", listed),
                Figure.of("N15.slowest", "the slowest of them", "ms", slowest),
                Figure.of("N15.drawn", "P95 from a letter until that was drawn", "ms", drawn));
    }

    /** Each number begins with other digits, so that each letter brings another item to the top. */
    private static List<Typist.Found> round(Screen screen, Typist typist) throws InterruptedException {
        List<Typist.Found> found = new ArrayList<>();
        for (String number : List.of("87654", "76543", "65432", "54321", "43210", "32101", "21012")) {
            screen.press(KeyCode.CONTROL, KeyCode.A);
            for (int typed = 1; typed <= DIGITS; typed++) {
                String newest = number.substring(0, typed) + "9".repeat(DIGITS - typed);
                KeyCode key = KeyCode.valueOf("DIGIT" + number.charAt(typed - 1));
                found.add(typist.find(key, "Item " + newest + " of the benchmark"));
            }
        }
        return found;
    }
}
