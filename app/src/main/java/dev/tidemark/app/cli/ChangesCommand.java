package dev.tidemark.app.cli;

import dev.tidemark.app.format.TerminalSanitizer;
import dev.tidemark.app.model.ConflictLine;
import dev.tidemark.app.model.ItemDetails;
import dev.tidemark.app.model.ItemJson;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.LocalChangelog;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ChangelogQuery;
import dev.tidemark.engine.changelog.ReplicaId;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the changelog as it is stored, for scripts and debugging. */
@Command(name = "changes")
final class ChangesCommand extends Subcommand implements Runnable {
    @Option(names = "--from", paramLabel = "SEQUENCE", descriptionKey = "changes.from")
    private long from = 1;

    @Option(names = "--table", paramLabel = "TABLE", descriptionKey = "changes.table")
    private @Nullable String table;

    @Option(names = "--kind", paramLabel = "KIND", descriptionKey = "changes.kind")
    private Change.@Nullable Kind kind;

    @Option(names = "--before", descriptionKey = "changes.before")
    private boolean before;

    @Option(names = "--newest", descriptionKey = "changes.newest")
    private boolean newest;

    @Mixin
    private ChangeOptions options = new ChangeOptions();

    @Override
    public void run() {
        if (from < 1) {
            throw usageError("changes.from.invalid", from);
        }
        Database database = database();
        LocalChangelog changelog = database.changelog();
        Map<ReplicaId, String> names = database.replicaNames();
        Set<ReplicaId> devices = options.devices(database);
        try (Stream<Change> changes = changelog.stream(query(devices))) {
            changes.filter(change ->
                            devices.isEmpty() || devices.contains(change.dot().replica()))
                    .limit(options.limit())
                    .forEach(change -> print(
                            change,
                            ItemDetails.deviceName(names, change.dot().replica()),
                            before ? changelog.valuesBefore(change) : null));
        }
    }

    private ChangelogQuery query(Set<ReplicaId> devices) {
        ChangelogQuery query = ChangelogQuery.ALL.sequences(from, Long.MAX_VALUE);
        query = table == null ? query : query.table(table);
        query = kind == null ? query : query.kinds(kind);
        query = devices.size() == 1 ? query.by(devices.iterator().next()) : query;
        Instant since = options.since();
        Instant until = options.until();
        query = since == null ? query : query.from(since);
        query = until == null ? query : query.before(until);
        return newest ? query.newestFirst() : query;
    }

    private void print(Change change, String device, @Nullable Map<String, @Nullable Object> replaced) {
        Map<String, @Nullable Object> fields = ItemJson.object(
                "change", change.dot().toString(),
                "transaction", change.dot().replica() + ":" + change.transaction(),
                "at", Instant.ofEpochMilli(change.wallMillis()).toString(),
                "device", device,
                "kind", Output.name(change.kind()),
                "table", change.table(),
                "row", change.row().toString(),
                "values", readable(change.values()));
        if (replaced != null) {
            fields.put("before", readable(replaced));
        }
        if (isJson()) {
            output().json(fields);
        } else {
            message(
                    "changes.line",
                    fields.get("change"),
                    ItemPrinter.time(Instant.ofEpochMilli(change.wallMillis())),
                    TerminalSanitizer.line(device),
                    fields.get("kind"),
                    TerminalSanitizer.line(change.table()),
                    fields.get("row"),
                    json(change.values()));
            if (replaced != null && !replaced.isEmpty()) {
                message("changes.line.before", json(replaced));
            }
        }
    }

    private static String json(Map<String, @Nullable Object> values) {
        return TerminalSanitizer.line(ItemJson.line(readable(values)));
    }

    private static Map<String, @Nullable Object> readable(Map<String, @Nullable Object> values) {
        Map<String, @Nullable Object> readable = new TreeMap<>();
        values.forEach((column, value) -> readable.put(column, ConflictLine.readable(value)));
        return readable;
    }
}
