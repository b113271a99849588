package dev.tidemark.app.bench;

import dev.tidemark.app.activity.ActivityViewModel;
import dev.tidemark.app.checkpoints.CheckpointsViewModel;
import dev.tidemark.app.devices.DevicesViewModel;
import dev.tidemark.app.fx.Scheduler;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.history.HistoryEntry;
import dev.tidemark.app.history.HistoryFilter;
import dev.tidemark.app.history.HistoryViewModel;
import dev.tidemark.app.model.DerivedId;
import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.app.model.TransactionRunner;
import dev.tidemark.app.sync.SyncControls;
import dev.tidemark.bench.Figure;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.changelog.ReplicaId;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * N20 and N21: with a million changes, the time from opening a page until its view model has the first rows, and from
 * setting a filter of the history until its first rows or its search progress appear.
 */
final class PagesAtScale {
    private final Database database;
    private final BlockingQueue<Runnable> results = new LinkedBlockingQueue<>();
    private final SerialTaskRunner files = SerialTaskRunner.onThread("files", results::add);
    private final HistoryViewModel history;
    private final CheckpointsViewModel checkpoints;
    private final DevicesViewModel devices;
    private final ActivityViewModel activity;

    private PagesAtScale(Database database) {
        this.database = database;
        TransactionRunner writes = TransactionRunner.of(database);
        Scheduler never = (delay, task) -> () -> {};
        history = new HistoryViewModel(
                database,
                writes,
                new HistoryViewModel.Environment(
                        results::add, files, never, (command, then) -> {}, () -> {}, PagesAtScale::now, this::fail));
        checkpoints = new CheckpointsViewModel(
                database,
                writes,
                new CheckpointsViewModel.Environment(
                        results::add, files, (command, then) -> {}, () -> {}, PagesAtScale::now, this::fail));
        SyncControls controls = (SyncControls) Proxy.newProxyInstance(
                SyncControls.class.getClassLoader(), new Class<?>[] {SyncControls.class}, (proxy, method, values) -> {
                    throw new AssertionError("Nothing is controlled");
                });
        devices = new DevicesViewModel(
                database,
                new DevicesViewModel.Environment(
                        files, () -> "file:///storage", name -> {}, controls, PagesAtScale::now, this::fail));
        activity = new ActivityViewModel(database, files, PagesAtScale::now, this::fail);
    }

    static List<Figure> measure(Path folder, int items, int runs) throws IOException {
        Path library = LargeHistory.folder(folder, items);
        Map<String, List<Double>> times = new LinkedHashMap<>();
        try (Database database = Database.open(library.resolve("library.db"), LibrarySchema.SCHEMA)) {
            PagesAtScale pages = new PagesAtScale(database);
            for (int run = 0; run <= runs; run++) {
                boolean isCounted = run > 0;
                pages.round().forEach((what, time) -> {
                    List<Double> all = times.computeIfAbsent(what, key -> new ArrayList<>());
                    if (isCounted) {
                        all.add(time);
                    }
                });
            }
            pages.files.close();
        }
        List<Figure> figures = new ArrayList<>();
        figures.add(slowest("N20", "the slowest page has its first rows, 1,000,000 changes", times));
        figures.add(slowest("N21", "the slowest filter answers, 1,000,000 changes", times));
        times.forEach((what, all) -> figures.add(Figure.of(what, what.substring(what.indexOf('.') + 1), "ms", all)));
        return figures;
    }

    private static Figure slowest(String id, String what, Map<String, List<Double>> times) {
        List<List<Double>> parts = times.entrySet().stream()
                .filter(each -> each.getKey().startsWith(id + "."))
                .map(Map.Entry::getValue)
                .toList();
        List<Double> slowest = new ArrayList<>();
        for (int run = 0; run < parts.getFirst().size(); run++) {
            int index = run;
            slowest.add(
                    Collections.max(parts.stream().map(all -> all.get(index)).toList()));
        }
        return Figure.of(id, what, "ms", slowest);
    }

    private Map<String, Double> round() {
        Map<String, Double> times = new LinkedHashMap<>();
        times.put(
                "N20.history",
                time(() -> history.show(null), () -> !history.entries().isEmpty()));
        HistoryEntry entry = history.entries().stream()
                .filter(each -> each.subject().type() == HistoryEntry.Type.ITEM)
                .findFirst()
                .orElseThrow();
        times.put(
                "N20.item",
                time(
                        () -> history.show(entry.subject().id()),
                        () -> !history.entries().isEmpty()));
        history.show(null);
        settle();
        filters().forEach((name, filter) -> times.put("N21." + name, time(() -> history.setFilter(filter), null)));
        times.put(
                "N21-rows.deleted",
                time(
                        () -> history.setFilter(HistoryFilter.NONE.action(HistoryEntry.Action.DELETED)),
                        () -> !history.entries().isEmpty()));
        history.hide();
        settle();
        times.put("N20.checkpoints", time(checkpoints::show, null) + time(() -> {}, null));
        checkpoints.hide();
        times.put("N20.devices", time(devices::show, null));
        devices.hide();
        times.put("N20.activity", time(activity::show, null));
        activity.hide();
        return times;
    }

    private Map<String, HistoryFilter> filters() {
        Map<String, HistoryFilter> filters = new LinkedHashMap<>();
        ReplicaId self = database.replica();
        UUID list = database.list(Query.of("SELECT id FROM list ORDER BY id LIMIT 1")
                        .map(row -> DerivedId.ofBytes(Objects.requireNonNull(row.blob("id")))))
                .getFirst();
        Instant then = Instant.now().minus(Duration.ofDays(200));
        filters.put("device", HistoryFilter.NONE.devices(Set.of(self)));
        filters.put(
                "devices", HistoryFilter.NONE.devices(database.replicaNames().keySet()));
        filters.put("list", HistoryFilter.NONE.list(list));
        for (HistoryEntry.Action action : HistoryEntry.Action.values()) {
            filters.put(action.name().toLowerCase(java.util.Locale.ROOT), HistoryFilter.NONE.action(action));
        }
        filters.put("field", HistoryFilter.NONE.field("title"));
        filters.put("field-unused", HistoryFilter.NONE.field("attachments"));
        filters.put("time", HistoryFilter.NONE.between(null, then));
        filters.put("list-time", HistoryFilter.NONE.list(list).between(then.minus(Duration.ofDays(30)), then));
        return filters;
    }

    /** Milliseconds until the first result, and the condition if there is one. */
    private double time(Runnable begin, @org.jspecify.annotations.Nullable BooleanSupplier condition) {
        long start = System.nanoTime();
        begin.run();
        do {
            next();
        } while (condition != null && !condition.getAsBoolean());
        return (System.nanoTime() - start) / 1e6;
    }

    private void next() {
        try {
            Runnable result = results.poll(60, TimeUnit.SECONDS);
            if (result == null) {
                throw new AssertionError("No result");
            }
            result.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Waits until nothing is read any more. */
    private void settle() {
        try {
            files.drain();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        results.clear();
    }

    private void fail(Throwable failure) {
        throw new AssertionError(failure);
    }

    private static ZonedDateTime now() {
        return ZonedDateTime.now(ZoneId.systemDefault());
    }
}
