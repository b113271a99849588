package dev.tidemark.app.cli;

import dev.tidemark.app.format.TerminalSanitizer;
import dev.tidemark.app.history.HistoryEntry;
import dev.tidemark.app.history.HistoryFilter;
import dev.tidemark.app.history.HistoryReader;
import dev.tidemark.app.history.HistoryText;
import dev.tidemark.app.history.HistoryWriter;
import dev.tidemark.app.model.ItemJson;
import dev.tidemark.app.model.Lists;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.model.StoredValues;
import dev.tidemark.app.model.TransactionRunner;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.HlcTimestamp;
import dev.tidemark.engine.changelog.ReplicaId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Lists the changes of all devices, newest first. Subcommands undo a transaction and restore an earlier version of an
 * item.
 */
@Command(name = "history")
final class HistoryCommand extends Subcommand implements Runnable {
    private static final Pattern CHANGE = Pattern.compile("([0-3][0-9a-f]{15}):([1-9][0-9]{0,17})");
    private static final int PAGE = 50;

    @Parameters(arity = "0..1", paramLabel = "ITEM", descriptionKey = "history.item")
    private @Nullable String item;

    @Option(names = "--list", paramLabel = "NAME", descriptionKey = "history.list")
    private @Nullable String list;

    @Option(names = "--action", paramLabel = "ACTION", descriptionKey = "history.action")
    private HistoryEntry.@Nullable Action action;

    @Option(names = "--field", paramLabel = "FIELD", descriptionKey = "history.field")
    private @Nullable String field;

    @Mixin
    private ChangeOptions options = new ChangeOptions();

    @Override
    public void run() {
        Database database = database();
        HistoryFilter filter = new HistoryFilter(
                item == null ? null : item(item),
                options.devices(database),
                list == null ? null : list(database, list),
                action,
                field == null ? null : column(field),
                options.since(),
                options.until());
        HistoryReader history = new HistoryReader(database);
        int left = options.limit();
        HlcTimestamp next = null;
        do {
            HistoryReader.Page page = history.page(filter, next, Math.min(PAGE, left));
            page.entries().forEach(this::print);
            left -= page.entries().size();
            next = page.next();
        } while (next != null && left > 0);
        if (next == null && !isJson()) {
            history.truncatedBefore().ifPresent(date -> message("history.truncated", ItemPrinter.time(date)));
        }
    }

    private static UUID list(Database database, String name) {
        return database.read(reader -> Lists.find(reader, name))
                .orElseThrow(() -> new ProblemException("list.unknown", name));
    }

    private static String column(String field) {
        return field.equals("list") ? "list_id" : field;
    }

    private void print(HistoryEntry entry) {
        List<Map<String, @Nullable Object>> fields = database().read(reader -> {
            StoredValues values = new StoredValues(reader);
            return (isJson() ? entry.fields() : entry.details())
                    .stream()
                            .map(change -> ItemJson.object(
                                    "field", StoredValues.field(change.field()),
                                    "before", change.isKnown() ? json(values, change.field(), change.before()) : null,
                                    "after", json(values, change.field(), change.after()),
                                    "known", change.isKnown()))
                            .toList();
        });
        if (isJson()) {
            output().json(
                            "change", entry.transaction().toString(),
                            "at", entry.at().toString(),
                            "device", entry.device(),
                            "action", Output.name(entry.action()),
                            "type", Output.name(entry.subject().type()),
                            "id", entry.subject().id().toString(),
                            "name", entry.subject().name(),
                            "exists", entry.subject().exists(),
                            "more", entry.more(),
                            "fields", fields);
            return;
        }
        message(
                "history.line",
                ItemPrinter.time(entry.at()),
                TerminalSanitizer.line(entry.device()),
                TerminalSanitizer.line(HistoryText.sentence(entry)),
                output().faint(entry.transaction().toString()));
        for (Map<String, @Nullable Object> change : fields) {
            message("history.line.field", change.get("field"), text(change, "before"), text(change, "after"));
        }
    }

    private static @Nullable Object json(StoredValues values, String column, @Nullable Object value) {
        return value == null ? null : values.json(column, value);
    }

    private static String text(Map<String, @Nullable Object> change, String side) {
        String field = String.valueOf(change.get("field"));
        Object value = change.get(side);
        return value == null || value.equals("")
                ? CliMessages.get("conflicts.nothing")
                : CliMessages.get("history.value", TerminalSanitizer.line(ConflictsCommand.format(field, value)));
    }

    @Command(name = "undo")
    void undo(@Parameters(paramLabel = "CHANGE", descriptionKey = "history.change") String change) {
        report("undone", writer().undo(dot(change)));
    }

    @Command(name = "restore")
    void restore(
            @Parameters(paramLabel = "ITEM", descriptionKey = "history.restored") String restored,
            @Parameters(paramLabel = "CHANGE", descriptionKey = "history.moment") String change) {
        Dot dot = dot(change);
        UUID id = UUID.fromString(restored);
        HistoryReader history = new HistoryReader(database());
        HistoryEntry entry = Optional.ofNullable(history.entry(dot))
                .orElseThrow(() -> new ProblemException("history.unknown", change));
        report("restored", writer().restore(id, entry.timestamp()));
    }

    private HistoryWriter writer() {
        return new HistoryWriter(
                database(), TransactionRunner.of(database(), context().clock()));
    }

    private void report(String done, HistoryWriter.Outcome outcome) {
        if (isJson()) {
            output().json(done, Output.name(outcome));
        } else {
            message("history." + done + "." + Output.name(outcome));
        }
    }

    private static Dot dot(String text) {
        Matcher parts = CHANGE.matcher(text);
        if (!parts.matches()) {
            throw new ProblemException("history.malformed", text);
        }
        return new Dot(ReplicaId.parse(parts.group(1)), Long.parseLong(parts.group(2)));
    }
}
