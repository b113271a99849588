package dev.tidemark.app.bench;

import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.process.TidemarkProcess;
import dev.tidemark.bench.Figure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javafx.geometry.VerticalDirection;
import javafx.scene.input.KeyCode;
import org.testfx.api.FxRobot;

/** N14: scrolling, typing, adding and ticking in a window with a very long list. */
final class LargeList implements WindowRun.Scenario {
    private static final double FRAME = 50;
    private static final int WHEEL = 90;
    private static final int PAGES = 20;
    private static final int LETTERS = 40;
    private static final int LINES = 5;
    private static final int TICKS = 4;
    private static final long SETTLE_MILLIS = 2_500;

    private final Map<String, List<Double>> longest = new LinkedHashMap<>();
    private final List<Double> worst = new ArrayList<>();
    private final List<Double> dearest = new ArrayList<>();
    private final List<Double> over = new ArrayList<>();
    private final List<Double> keys = new ArrayList<>();
    private final List<Double> added = new ArrayList<>();
    private final List<Double> memory = new ArrayList<>();
    private int lines;

    /** Something that a person does meanwhile. */
    private interface Work {
        void run() throws InterruptedException;
    }

    static List<Figure> measure(Path folder, int items, int runs) throws IOException {
        return WindowRun.start("N14", profile(folder, items), folder, Integer.toString(items), Integer.toString(runs));
    }

    /** A profile with so many items. */
    static Path profile(Path folder, int items) throws IOException {
        Path file = folder.resolve("items.jsonl");
        Path profile = folder.resolve("profile");
        SampleItems.write(file, 0, items);
        TidemarkProcess.run(profile, "import", file.toString()).printed();
        return profile;
    }

    @Override
    public List<Figure> play(Screen screen, String... arguments) throws Exception {
        int items = Integer.parseInt(arguments[3]);
        int runs = Integer.parseInt(arguments[4]);
        screen.click("view-all");
        screen.await("all items are counted", () -> screen.text("view-count").equals(Integer.toString(items)));
        Frames frames = new Frames();
        Typist typist = new Typist(frames);
        for (int run = 0; run <= runs; run++) {
            round(screen, frames, typist);
            if (run == 0) {
                // It has warmed up.
                List.of(worst, dearest, over, keys, added, memory).forEach(List::clear);
                longest.clear();
            }
        }
        return figures();
    }

    private void round(Screen screen, Frames frames, Typist typist) throws InterruptedException {
        int before = worst.size();
        List<Frames.Seen> all = new ArrayList<>();
        List<Double> typed = new ArrayList<>();
        List<Double> shown = new ArrayList<>();
        all.add(during("scroll", frames, () -> scroll(screen)));
        all.add(during("type", frames, () -> {
            screen.select(screen.rows().get(2));
            screen.await("the item is open", () -> screen.shows("detail-title"));
            screen.click("detail-title");
            typed.addAll(typist.type(LETTERS));
        }));
        all.add(during("add", frames, () -> {
            for (int line = 0; line < LINES; line++) {
                screen.click("quick-add");
                String title = "line " + ++lines;
                screen.type(title);
                shown.add(typist.enter(title));
            }
        }));
        all.add(during("tick", frames, () -> {
            for (int tick = 0; tick < TICKS; tick++) {
                screen.tick(screen.rows().get(4 + tick));
            }
        }));
        worst.add(all.stream().mapToDouble(Frames.Seen::longest).max().orElseThrow());
        dearest.add(all.stream().mapToDouble(Frames.Seen::dearest).max().orElseThrow());
        over.add(all.stream().mapToDouble(seen -> seen.over(FRAME)).sum());
        keys.add(WindowRun.percentile(typed, 95));
        added.add(shown.stream().mapToDouble(Double::doubleValue).max().orElseThrow());
        memory.add(WindowRun.megabytes());
        if (worst.size() != before + 1) {
            throw new AssertionError();
        }
    }

    private Frames.Seen during(String what, Frames frames, Work work) throws InterruptedException {
        frames.take();
        work.run();
        // What it has set off belongs to it.
        TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
        Frames.Seen seen = frames.take();
        longest.computeIfAbsent(what, key -> new ArrayList<>()).add(seen.longest());
        return seen;
    }

    private static void scroll(Screen screen) throws InterruptedException {
        FxRobot robot = new FxRobot();
        String first = screen.rows().getFirst();
        screen.select(screen.rows().get(5));
        for (int turn = 0; turn < WHEEL; turn++) {
            robot.scroll(3, VerticalDirection.DOWN);
            TimeUnit.MILLISECONDS.sleep(16);
        }
        for (int page = 0; page < PAGES; page++) {
            screen.press(KeyCode.PAGE_DOWN);
        }
        screen.press(KeyCode.END);
        screen.await("the oldest is there", () -> screen.rows().contains("Item 0 of the benchmark"));
        screen.press(KeyCode.PAGE_UP);
        screen.press(KeyCode.HOME);
        screen.await("the first is there again", () -> screen.rows().contains(first));
    }

    private List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.of("N14", "longest time between frames of a large list", "ms", worst));
        longest.forEach((what, runs) ->
                figures.add(Figure.of("N14." + what, "the longest of these while somebody does that", "ms", runs)));
        figures.add(Figure.of("N14.over", "frames that came later than 50 ms", "frames", over));
        figures.add(Figure.of("N14.cpu", "most processor time of JavaFX's thread for one", "ms", dearest));
        figures.add(Figure.of("N14.keys", "P95 from a key until its letter was drawn", "ms", keys));
        figures.add(Figure.of("N14.quick-add", "longest from Enter until the item was drawn", "ms", added));
        figures.add(Figure.of("N14.memory", "resident memory, the most so far", "MB", memory));
        return figures;
    }
}
