package dev.tidemark.app.cli;

import dev.tidemark.app.format.RepeatFormat;
import dev.tidemark.app.format.TerminalSanitizer;
import dev.tidemark.app.model.ConflictLine;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.DuplicateLists;
import dev.tidemark.app.model.HiddenEntry;
import dev.tidemark.app.model.ItemDetails;
import dev.tidemark.app.model.ItemJson;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.history.Conflict;
import dev.tidemark.engine.history.HiddenData;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Lists the losing versions of conflicts, lists of one name, and the data that no view shows, one per line. */
@Command(
        name = "conflicts",
        subcommands = {ResolveCommand.class, JoinCommand.class})
final class ConflictsCommand extends Subcommand implements Runnable {
    @Override
    public void run() {
        Map<ReplicaId, String> names = database().replicaNames();
        for (ConflictLine line : ConflictLine.all(database())) {
            if (isJson()) {
                output().json(
                                "id", line.id().toString(),
                                "field", line.field(),
                                "winner", side(line.winner(), names),
                                "loser", side(line.loser(), names),
                                "hidden", null,
                                "duplicate", null);
            } else {
                message(
                        "conflicts.line",
                        line.id().toString(),
                        line.field(),
                        plain(line.field(), line.winner(), names),
                        plain(line.field(), line.loser(), names));
            }
        }
        DuplicateLists.all(database()).forEach(group -> print(group, names));
        HiddenDataPrinter printer = new HiddenDataPrinter(names);
        database().hiddenData(rows -> {
            rows.forEach(data -> print(data, printer));
            return true;
        });
    }

    private void print(HiddenData data, HiddenDataPrinter printer) {
        if (isJson()) {
            output().json(
                            "id",
                            HiddenEntry.itemOf(data).toString(),
                            "field",
                            Conflict.ROW,
                            "winner",
                            null,
                            "loser",
                            null,
                            "hidden",
                            printer.json(data),
                            "duplicate",
                            null);
        } else {
            output().line(printer.line(data));
        }
    }

    /** Prints a line for each list that joining would delete. */
    private void print(DuplicateLists group, Map<ReplicaId, String> names) {
        for (DuplicateLists.OneList list : group.others()) {
            String device = list.createdBy() == null ? null : ItemDetails.deviceName(names, list.createdBy());
            if (isJson()) {
                output().json(
                                "id",
                                list.id().toString(),
                                "field",
                                "name",
                                "winner",
                                null,
                                "loser",
                                null,
                                "hidden",
                                null,
                                "duplicate",
                                ItemJson.object(
                                        "name",
                                        list.name(),
                                        "of",
                                        group.oldest().id().toString(),
                                        "items",
                                        list.items(),
                                        "device",
                                        device,
                                        "at",
                                        Instant.ofEpochMilli(list.createdMillis())
                                                .toString()));
            } else {
                message(
                        "conflicts.duplicate",
                        list.id().toString(),
                        TerminalSanitizer.line(list.name()),
                        list.items(),
                        TerminalSanitizer.line(device == null ? "" : device),
                        group.oldest().id().toString());
            }
        }
    }

    private static Map<String, @Nullable Object> side(ConflictLine.Version side, Map<ReplicaId, String> names) {
        return ItemJson.object(
                "value", side.value(),
                "device", ItemDetails.deviceName(names, side.replica()),
                "at", side.at().toString());
    }

    private static String plain(String field, ConflictLine.Version side, Map<ReplicaId, String> names) {
        Instant at = side.at();
        String value = format(field, side.value());
        return CliMessages.get(
                "conflicts.side",
                TerminalSanitizer.line(value),
                TerminalSanitizer.line(ItemDetails.deviceName(names, side.replica())),
                ItemPrinter.time(at));
    }

    /** Formats a value for users. In a stored due date, the repeat rule has a form that only programs read. */
    static String format(String field, @Nullable Object value) {
        Due due = field.equals("due") && value instanceof String stored ? Due.ofStored(stored) : null;
        if (due == null) {
            return value == null ? CliMessages.get("conflicts.nothing") : String.valueOf(value);
        }
        return due.repeat() == null
                ? due.toString()
                : CliMessages.get("conflicts.due", due, RepeatFormat.of(due.repeat()));
    }
}
