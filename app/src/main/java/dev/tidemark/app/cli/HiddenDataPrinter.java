package dev.tidemark.app.cli;

import dev.tidemark.app.format.TerminalSanitizer;
import dev.tidemark.app.model.ConflictLine;
import dev.tidemark.app.model.HiddenEntry;
import dev.tidemark.app.model.ItemDetails;
import dev.tidemark.app.model.ItemJson;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.history.HiddenData;
import dev.tidemark.engine.history.HiddenRow;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Formats hidden data for {@code conflicts} and {@code status}.
 *
 * @param names the names of the devices
 */
record HiddenDataPrinter(Map<ReplicaId, String> names) {
    private static final String WAITING = "waiting";

    /**
     * Returns the number of hidden rows for each reason, and the number of rows with waiting cells, as fields of JSON.
     */
    static Map<String, @Nullable Object> counts(HiddenData.Counts counts) {
        Map<String, @Nullable Object> numbers = new LinkedHashMap<>();
        counts.hidden().forEach((reason, number) -> numbers.put(Output.name(reason), number));
        numbers.put(WAITING, counts.waiting());
        return numbers;
    }

    Map<String, @Nullable Object> json(HiddenData data) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        data.values().forEach((column, value) -> values.put(column, ConflictLine.readable(value)));
        return ItemJson.object(
                "reason", reason(data),
                "table", data.table(),
                "row", data.row().toString(),
                "values", values,
                "device", ItemDetails.deviceName(names, data.changed().replica()),
                "at", Instant.ofEpochMilli(data.changed().wallMillis()).toString());
    }

    private static String reason(HiddenData data) {
        HiddenRow hidden = data.hidden();
        return hidden == null ? WAITING : Output.name(hidden.reason());
    }

    /** Returns a line with the id of the item, the name of the row, and the reason why the row is not shown. */
    String line(HiddenData data) {
        return CliMessages.get("conflicts.hidden", HiddenEntry.itemOf(data).toString(), subject(data), sentence(data));
    }

    private static String subject(HiddenData data) {
        String named = "conflicts.hidden.of." + data.table();
        String name = HiddenEntry.name(data);
        return CliMessages.get(
                name.isBlank() || !CliMessages.has(named) ? "conflicts.hidden.unnamed" : named,
                TerminalSanitizer.line(name));
    }

    private String sentence(HiddenData data) {
        HiddenData.Author deleted = data.blockerDeleted();
        if (data.hidden() == null) {
            return CliMessages.get(
                    "conflicts.hidden.waiting", TerminalSanitizer.line(String.join(", ", data.waiting())));
        }
        return switch (data.hidden().reason()) {
            case PARENT ->
                deleted == null
                        ? CliMessages.get("conflicts.hidden.orphan")
                        : CliMessages.get("conflicts.hidden.parent", device(deleted), time(deleted));
            case UNIQUE_CONFLICT -> CliMessages.get("conflicts.hidden.unique-conflict");
            case INCOMPLETE -> CliMessages.get("conflicts.hidden.incomplete");
            case TOMBSTONE_COLLECTED ->
                CliMessages.get("conflicts.hidden.tombstone-collected", device(data.changed()), time(data.changed()));
            case REFUSED -> CliMessages.get("conflicts.hidden.refused");
        };
    }

    private String device(HiddenData.Author author) {
        return TerminalSanitizer.line(ItemDetails.deviceName(names, author.replica()));
    }

    private static String time(HiddenData.Author author) {
        return ItemPrinter.time(Instant.ofEpochMilli(author.wallMillis()));
    }
}
