package dev.tidemark.app.cli;

import dev.tidemark.app.model.ItemDetails;
import dev.tidemark.app.model.Sentences;
import dev.tidemark.engine.TidemarkException;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.sync.QuarantinedFile;
import dev.tidemark.engine.sync.SyncReport;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Says what a sync did, and what of it was no success. */
final class SyncPrinter {
    private final TidemarkCommand root;

    SyncPrinter(TidemarkCommand root) {
        this.root = root;
    }

    void print(SyncReport report) {
        Map<String, @Nullable Object> fields = fields(report);
        if (root.json()) {
            root.output().json(fields);
        } else {
            fields.forEach((name, value) -> root.output().line(Texts.get("sync." + name, value)));
        }
    }

    private static Map<String, @Nullable Object> fields(SyncReport report) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("pushed", report.pushed());
        fields.put("pulled", report.pulled());
        fields.put("conflicts", report.conflicts());
        fields.put("hidden", report.hidden());
        fields.put("waiting", report.waiting());
        // Without device records and clearing up, which are counted apart.
        fields.put("requests", report.requests());
        fields.put("bytes", report.bytesSent() + report.bytesReceived());
        return fields;
    }

    /** @return the exit code */
    int complain(SyncReport report) {
        for (QuarantinedFile file : report.quarantined()) {
            complain("sync.quarantined", file.name(), Sentences.of(file.reason()));
        }
        report.aheadOfClock()
                .forEach((replica, millis) -> complain(
                        "sync.ahead",
                        ItemDetails.deviceName(root.composition().database().replicaNames(), replica)));
        if (report.readOnly()) {
            complain("sync.readOnly");
        } else if (report.blocked() > 0) {
            complain("sync.blocked", report.blocked());
            Map<ReplicaId, String> names = root.composition().database().replicaNames();
            new TreeMap<>(report.lacking())
                    .forEach((replica, first) ->
                            complain("sync.lacking", ItemDetails.deviceName(names, replica), replica, first));
        }
        return report.isComplete() ? 0 : 1;
    }

    /** Something that should be mended though the sync succeeded. */
    void warn(TidemarkException warning) {
        root.terminal().errors().println(PlainText.line(Sentences.of(warning)));
    }

    private void complain(String key, @Nullable Object... arguments) {
        root.terminal().errors().println(PlainText.line(Texts.get(key, arguments)));
    }
}
