package dev.tidemark.app.cli;

import dev.tidemark.app.format.FileSizeFormat;
import dev.tidemark.app.format.TerminalSanitizer;
import dev.tidemark.app.model.ItemDetails;
import dev.tidemark.app.model.ItemJson;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.LocalChangelog;
import dev.tidemark.engine.LocalChangelog.Statistics;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ChangelogQuery;
import dev.tidemark.engine.changelog.ReplicaId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Counts the changes by device, table and day, and names the sizes of the database. */
@Command(name = "stats")
final class StatsCommand extends Subcommand implements Runnable {
    @Option(names = "--days", descriptionKey = "stats.days")
    private boolean days;

    @Override
    public void run() {
        Database database = database();
        LocalChangelog changelog = database.changelog();
        Statistics statistics = changelog.statistics();
        Map<ReplicaId, String> names = database.replicaNames();
        List<Map<String, @Nullable Object>> devices = new ArrayList<>();
        statistics.replicas().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(each ->
                        devices.add(totals(each.getValue(), "device", ItemDetails.deviceName(names, each.getKey()))));
        List<Map<String, @Nullable Object>> tables = new ArrayList<>();
        new TreeMap<>(statistics.tables()).forEach((table, totals) -> tables.add(totals(totals, "table", table)));
        Map<String, @Nullable Object> all =
                totals(statistics.all(), "file", database.file().toString());
        all.put("fileBytes", size(database));
        all.put("storedBytes", statistics.storedBytes());
        all.put("hidden", statistics.hiddenRows());
        all.put("waiting", statistics.waitingCells());
        all.put("conflicts", statistics.conflicts());
        all.put("devices", devices);
        all.put("tables", tables);
        if (days) {
            all.put("days", days(changelog));
        }
        if (isJson()) {
            output().json(all);
        } else {
            print(all, devices, tables);
        }
    }

    private static Map<String, @Nullable Object> totals(Statistics.Totals totals, String kind, String name) {
        return ItemJson.object(
                kind,
                name,
                "changes",
                totals.entries(),
                "bytes",
                totals.bytes(),
                "oldest",
                Objects.toString(totals.oldest(), null),
                "newest",
                Objects.toString(totals.newest(), null));
    }

    private static long size(Database database) {
        try {
            return Files.size(database.file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the whole changelog: seconds for a million changes. */
    private static List<Map<String, @Nullable Object>> days(LocalChangelog changelog) {
        Map<LocalDate, Long> counts = new TreeMap<>();
        ZoneId zone = ZoneId.systemDefault();
        try (Stream<Change> changes = changelog.stream(ChangelogQuery.ALL)) {
            changes.forEach(change ->
                    counts.merge(LocalDate.ofInstant(Instant.ofEpochMilli(change.wallMillis()), zone), 1L, Long::sum));
        }
        List<Map<String, @Nullable Object>> days = new ArrayList<>();
        counts.forEach((day, changes) -> days.add(ItemJson.object("day", day.toString(), "changes", changes)));
        return days;
    }

    private void print(
            Map<String, @Nullable Object> all,
            List<Map<String, @Nullable Object>> devices,
            List<Map<String, @Nullable Object>> tables) {
        message("stats.all", all.get("changes"), bytes(all.get("bytes")), bytes(all.get("storedBytes")));
        message("stats.file", TerminalSanitizer.line(String.valueOf(all.get("file"))), bytes(all.get("fileBytes")));
        for (Map<String, @Nullable Object> device : devices) {
            line("device", device);
        }
        for (Map<String, @Nullable Object> table : tables) {
            line("table", table);
        }
        if (all.get("days") instanceof List<?> counts) {
            counts.stream()
                    .map(Map.class::cast)
                    .forEach(day -> message("stats.day", day.get("day"), day.get("changes")));
        }
    }

    private void line(String kind, Map<String, @Nullable Object> totals) {
        message(
                "stats." + kind,
                TerminalSanitizer.line(String.valueOf(totals.get(kind))),
                totals.get("changes"),
                bytes(totals.get("bytes")));
    }

    private static String bytes(@Nullable Object number) {
        return FileSizeFormat.of(number instanceof Long bytes ? bytes : 0);
    }
}
