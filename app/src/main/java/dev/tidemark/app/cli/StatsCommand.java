package dev.tidemark.app.cli;

import dev.tidemark.app.backup.Backups;
import dev.tidemark.app.format.FileSizeFormat;
import dev.tidemark.app.format.TerminalSanitizer;
import dev.tidemark.app.model.ItemDetails;
import dev.tidemark.app.model.ItemJson;
import dev.tidemark.app.retention.LibrarySizes;
import dev.tidemark.app.retention.LogRetention;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.Settings;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.LocalChangelog;
import dev.tidemark.engine.LocalChangelog.Statistics;
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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the number of changes by device, table and day, and the sizes of the database, attachments and backups. */
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
        Backups backups = new Backups(root().folders(), context().clock());
        Settings settings = context().settings().read();
        LibrarySizes sizes = LibrarySizes.read(database, backups, settings.syncLocation());
        LogRetention.Expired expired =
                new LogRetention(database, context().clock()).expired(settings.get(Setting.HISTORY_RETENTION));
        all.put("fileBytes", size(database));
        all.put("databaseBytes", sizes.database());
        all.put("attachments", sizes.attachments());
        all.put("attachmentBytes", sizes.attachmentBytes());
        all.put("backups", sizes.backups());
        all.put("backupBytes", sizes.backupBytes());
        all.put("storageBytes", sizes.storage());
        all.put("expired", expired.changes());
        all.put("expiredKept", expired.retained());
        all.put("keptBy", (long) expired.checkpoints().size());
        all.put("storedBytes", statistics.storedBytes());
        all.put("hidden", statistics.hiddenRows());
        all.put("waiting", statistics.waitingCells());
        all.put("conflicts", statistics.conflicts());
        all.put("devices", devices);
        all.put("tables", tables);
        if (days) {
            all.put("days", days(changelog, statistics.all()));
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

    private static List<Map<String, @Nullable Object>> days(LocalChangelog changelog, Statistics.Totals all) {
        Instant oldest = all.oldest();
        Instant newest = all.newest();
        if (oldest == null || newest == null) {
            return List.of();
        }
        ZoneId zone = ZoneId.systemDefault();
        List<LocalDate> dates = LocalDate.ofInstant(oldest, zone)
                .datesUntil(LocalDate.ofInstant(newest, zone).plusDays(2))
                .toList();
        List<Map<ReplicaId, Long>> counts = changelog.counts(
                dates.stream().map(date -> date.atStartOfDay(zone).toInstant()).toList());
        List<Map<String, @Nullable Object>> days = new ArrayList<>();
        for (int index = 0; index < counts.size(); index++) {
            long changes = counts.get(index).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            if (changes > 0) {
                days.add(ItemJson.object("day", dates.get(index).toString(), "changes", changes));
            }
        }
        return days;
    }

    private void print(
            Map<String, @Nullable Object> all,
            List<Map<String, @Nullable Object>> devices,
            List<Map<String, @Nullable Object>> tables) {
        message("stats.all", all.get("changes"), bytes(all.get("bytes")), bytes(all.get("storedBytes")));
        message("stats.file", TerminalSanitizer.line(String.valueOf(all.get("file"))), bytes(all.get("fileBytes")));
        message(
                "stats.sizes",
                bytes(all.get("databaseBytes")),
                all.get("attachments"),
                bytes(all.get("attachmentBytes")),
                all.get("backups"),
                bytes(all.get("backupBytes")),
                bytes(all.get("storageBytes")));
        if (!Objects.equals(all.get("expired"), 0L)) {
            message(
                    Objects.equals(all.get("expiredKept"), 0L) ? "stats.expired" : "stats.kept",
                    all.get("expired"),
                    all.get("keptBy"));
        }
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
