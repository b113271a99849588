package dev.tidemark.app.bench;

import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.process.TidemarkProcess;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.SettingsFile;
import dev.tidemark.bench.Figure;
import dev.tidemark.bench.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** N16: typing while the window's sync receives changes, half of shown items and half of new ones; and without sync. */
final class TypingDuringSync implements WindowRun.Scenario {
    private static final double FRAME = 100;
    private static final int LETTERS = 20;
    private static final int ROUNDS_WITHOUT = 4;
    private static final int ROUNDS_WARM = 2;
    private static final String SYNCED = "Synced";

    /** What it was like while it lasted. */
    private record Spell(Frames.Seen frames, List<Double> keys, double added, double seconds) {}

    private int lines;

    static List<Figure> measure(Path folder, int changes, int runs) throws IOException {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Path here = folder.resolve("here");
        Path there = folder.resolve("there");
        Path file = folder.resolve("items.jsonl");
        for (Path profile : List.of(here, there)) {
            command(profile, "config", "set", "sync.folder", shared.toString());
        }
        SampleItems.write(file, 0, changes / 2, "Before");
        command(there, "import", file.toString());
        command(there, "sync");
        command(here, "sync");
        command(here, "config", "set", "sync.target", "off");
        SampleItems.write(file, 0, changes, "After");
        command(there, "import", file.toString());
        command(there, "sync");
        Map<String, List<Figure>> all = new LinkedHashMap<>();
        for (int run = 0; run < runs; run++) {
            Path profile = folder.resolve("run-" + run);
            Path remote = folder.resolve("remote-" + run);
            SampleItems.copy(here, profile);
            SampleItems.copy(shared, remote);
            command(profile, "config", "set", "sync.folder", remote.toString());
            command(profile, "config", "set", "sync.target", "off");
            for (Figure figure : WindowRun.start("N16", profile, folder, Integer.toString(changes))) {
                all.computeIfAbsent(figure.id(), id -> new ArrayList<>()).add(figure);
            }
            Folders.delete(profile);
            Folders.delete(remote);
        }
        return all.values().stream().map(TypingDuringSync::together).toList();
    }

    private static void command(Path profile, String... words) {
        TidemarkProcess.run(profile, words).printed();
    }

    private static Figure together(List<Figure> runs) {
        Figure first = runs.getFirst();
        return Figure.of(
                first.id(),
                first.what(),
                first.unit(),
                runs.stream().map(Figure::value).toList());
    }

    @Override
    public List<Figure> play(Screen screen, String... arguments) throws Exception {
        int changes = Integer.parseInt(arguments[3]);
        SettingsFile settings =
                new SettingsFile(ProfileFolders.below(Path.of(arguments[1])).settings());
        screen.click("view-all");
        screen.await("the items are counted", () -> screen.text("view-count").equals(Integer.toString(changes / 2)));
        Frames frames = new Frames();
        Typist typist = new Typist(frames);
        type(screen, frames, typist, rounds(ROUNDS_WARM));
        Spell without = type(screen, frames, typist, rounds(ROUNDS_WITHOUT));
        settings.set(Setting.SYNC_TARGET, "folder");
        Spell during =
                type(screen, frames, typist, () -> screen.text("sync-state").startsWith(SYNCED));
        screen.await(
                "everything has arrived", () -> screen.text("view-count").equals(Integer.toString(changes + lines)));
        return List.of(
                figure(
                        "N16",
                        "longest time between frames during sync",
                        "ms",
                        during.frames().longest()),
                figure(
                        "N16.without",
                        "the same without sync",
                        "ms",
                        without.frames().longest()),
                figure(
                        "N16.over",
                        "frames during sync that came later than 100 ms",
                        "frames",
                        during.frames().over(FRAME)),
                figure(
                        "N16.cpu",
                        "most processor time of JavaFX's thread for one",
                        "ms",
                        during.frames().dearest()),
                figure("N16.keys", "P95 from a key until its letter was drawn, during sync", "ms", keys(during)),
                figure("N16.keys-without", "the same without sync", "ms", keys(without)),
                figure(
                        "N16.quick-add",
                        "longest from Enter until the item was drawn, during sync",
                        "ms",
                        during.added()),
                figure("N16.quick-add-without", "the same without sync", "ms", without.added()),
                figure("N16.seconds", "from switching sync on until all was there", "s", during.seconds()),
                figure("N16.memory", "resident memory", "MB", WindowRun.megabytes()));
    }

    private static double keys(Spell spell) {
        return WindowRun.percentile(spell.keys(), 95);
    }

    private static Figure figure(String id, String what, String unit, double value) {
        return Figure.of(id, what, unit, List.of(value));
    }

    private static BooleanSupplier rounds(int number) {
        int[] left = {number};
        return () -> --left[0] <= 0;
    }

    /** Types now into a title, now into quick add, until this holds. */
    private Spell type(Screen screen, Frames frames, Typist typist, BooleanSupplier end) throws InterruptedException {
        frames.take();
        long start = System.nanoTime();
        List<Double> keys = new ArrayList<>();
        double added = 0;
        boolean ended;
        do {
            screen.select(screen.rows().get(2));
            screen.click("detail-title");
            keys.addAll(typist.type(LETTERS));
            screen.click("quick-add");
            String title = "line " + ++lines;
            screen.type(title);
            keys.addAll(typist.type(LETTERS));
            added = Math.max(added, typist.enter(screen.text("quick-add").strip()));
            ended = end.getAsBoolean();
        } while (!ended);
        return new Spell(frames.take(), keys, added, (System.nanoTime() - start) / 1e9);
    }
}
