package dev.tidemark.app.cli;

import dev.tidemark.app.format.TerminalSanitizer;
import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.app.model.ItemDetails;
import dev.tidemark.engine.TidemarkException;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.sync.SyncReport;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Prints the results and failures of a sync. */
final class SyncPrinter {
    private final TidemarkCommand root;

    SyncPrinter(TidemarkCommand root) {
        this.root = root;
    }

    /**
     * Prints the report.
     *
     * @return the exit code: 1 if the sync was incomplete
     */
    int print(SyncReport report) {
        Map<String, @Nullable Object> moved = moved(report);
        if (root.json()) {
            moved.putAll(lacks(report));
            root.output().json(moved);
        } else {
            moved.forEach((name, value) -> root.output().line(CliMessages.get("sync." + name, value)));
        }
        error(report);
        return report.isComplete() ? 0 : 1;
    }

    private static Map<String, @Nullable Object> moved(SyncReport report) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("pushed", report.pushed());
        fields.put("pulled", report.pulled());
        fields.put("conflicts", report.conflicts());
        fields.put("hidden", report.hidden());
        fields.put("waiting", report.waiting());
        // Requests for device records and garbage collection are counted separately.
        fields.put("requests", report.requests());
        fields.put("bytes", report.bytesSent() + report.bytesReceived());
        return fields;
    }

    /** The fields that only the JSON output has; the text output prints sentences instead. */
    private static Map<String, @Nullable Object> lacks(SyncReport report) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("complete", report.isComplete());
        fields.put("blocked", report.blocked());
        fields.put("readOnly", report.readOnly());
        fields.put(
                "quarantined",
                report.quarantined().stream().map(SyncPrinter::fields).toList());
        return fields;
    }

    private static Map<String, Object> fields(SyncReport.QuarantinedFile file) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", file.name());
        fields.put("reason", file.reason().messageTemplate());
        return fields;
    }

    private void error(SyncReport report) {
        for (SyncReport.QuarantinedFile file : report.quarantined()) {
            error("sync.quarantined", file.name(), ErrorMessages.of(file.reason()));
        }
        report.aheadOfClock()
                .forEach((replica, millis) -> error(
                        "sync.ahead",
                        ItemDetails.deviceName(root.composition().database().replicaNames(), replica)));
        if (report.readOnly()) {
            error("sync.readOnly");
        } else if (report.blocked() > 0) {
            error("sync.blocked", report.blocked());
            Map<ReplicaId, String> names = root.composition().database().replicaNames();
            Set<ReplicaId> retirable = report.lackingFor(SyncReport.RETIRABLE_AFTER, Instant.now());
            new TreeMap<>(report.lacking())
                    .forEach((replica, first) -> error(
                            retirable.contains(replica) ? "sync.lacking" : "sync.lackingLately",
                            ItemDetails.deviceName(names, replica),
                            replica,
                            first));
        }
    }

    /** Prints a warning about a successful sync. */
    void warn(TidemarkException warning) {
        root.terminal().errors().println(TerminalSanitizer.line(ErrorMessages.of(warning)));
    }

    private void error(String key, @Nullable Object... arguments) {
        root.terminal().errors().println(TerminalSanitizer.line(CliMessages.get(key, arguments)));
    }
}
