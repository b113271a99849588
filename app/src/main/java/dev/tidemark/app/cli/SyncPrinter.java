package dev.tidemark.app.cli;

import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.app.model.ItemDetails;
import dev.tidemark.app.model.ItemJson;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.sync.SyncReport;
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
            moved.putAll(jsonOnlyFields(report));
            root.output().json(moved);
        } else {
            moved.forEach((name, value) -> root.output().message("sync." + name, value));
        }
        error(report);
        return report.isComplete() ? 0 : 1;
    }

    private static Map<String, @Nullable Object> moved(SyncReport report) {
        // The number of requests does not include maintenance.
        return ItemJson.object(
                "pushed", report.pushed(),
                "pulled", report.pulled(),
                "conflicts", report.conflicts(),
                "hidden", report.hidden(),
                "waiting", report.waiting(),
                "requests", report.requests(),
                "bytes", report.bytesSent() + report.bytesReceived());
    }

    /** Returns the fields that only the JSON output has. The text output prints sentences in their place. */
    private static Map<String, @Nullable Object> jsonOnlyFields(SyncReport report) {
        return ItemJson.object(
                "complete", report.isComplete(),
                "blocked", report.blocked(),
                "readOnly", report.readOnly(),
                "quarantined",
                        report.quarantined().stream().map(SyncPrinter::fields).toList());
    }

    private static Map<String, @Nullable Object> fields(SyncReport.QuarantinedFile file) {
        return ItemJson.object(
                "name", file.name(),
                "reason", file.reason().messageTemplate());
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
            Set<ReplicaId> retirable = report.missingFor(
                    SyncReport.RETIRABLE_AFTER, root.composition().clock().instant());
            new TreeMap<>(report.firstMissing())
                    .forEach((replica, first) -> error(
                            retirable.contains(replica) ? "sync.lacking" : "sync.lackingLately",
                            ItemDetails.deviceName(names, replica),
                            replica,
                            first));
        }
    }

    private void error(String key, @Nullable Object... arguments) {
        root.error(CliMessages.get(key, arguments));
    }
}
