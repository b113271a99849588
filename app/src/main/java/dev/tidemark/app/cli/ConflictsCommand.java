package dev.tidemark.app.cli;

import dev.tidemark.app.format.RepeatFormat;
import dev.tidemark.app.format.TerminalSanitizer;
import dev.tidemark.app.model.ConflictLine;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.ItemDetails;
import dev.tidemark.engine.changelog.ReplicaId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Lists the losing versions of conflicts, one per line. */
@Command(name = "conflicts")
final class ConflictsCommand implements Runnable {
    private final TidemarkCommand root;

    ConflictsCommand(TidemarkCommand root) {
        this.root = root;
    }

    @Override
    public void run() {
        Map<ReplicaId, String> names = root.composition().database().replicaNames();
        for (ConflictLine line : ConflictLine.all(root.composition().database())) {
            if (root.json()) {
                Map<String, @Nullable Object> fields = new LinkedHashMap<>();
                fields.put("id", line.id().toString());
                fields.put("field", line.field());
                fields.put("winner", side(line.winner(), names));
                fields.put("loser", side(line.loser(), names));
                root.output().json(fields);
            } else {
                root.output()
                        .line(CliMessages.get(
                                "conflicts.line",
                                line.id().toString(),
                                line.field(),
                                plain(line.field(), line.winner(), names),
                                plain(line.field(), line.loser(), names)));
            }
        }
    }

    private static Map<String, @Nullable Object> side(ConflictLine.Version side, Map<ReplicaId, String> names) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("value", side.value());
        fields.put("device", ItemDetails.deviceName(names, side.replica()));
        fields.put("at", side.at().toString());
        return fields;
    }

    private static String plain(String field, ConflictLine.Version side, Map<ReplicaId, String> names) {
        Instant at = side.at();
        String value = words(field, side.value());
        return CliMessages.get(
                "conflicts.side",
                TerminalSanitizer.line(value),
                TerminalSanitizer.line(ItemDetails.deviceName(names, side.replica())),
                ItemPrinter.time(at));
    }

    /** Formats a due date. The stored value ends with its rule, which users do not read. */
    private static String words(String field, @Nullable Object value) {
        Due due = field.equals("due") && value instanceof String stored ? Due.ofStored(stored) : null;
        if (due == null) {
            return value == null ? CliMessages.get("conflicts.nothing") : String.valueOf(value);
        }
        return due.repeat() == null
                ? due.toString()
                : CliMessages.get("conflicts.due", due, RepeatFormat.of(due.repeat()));
    }
}
