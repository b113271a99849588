package dev.tidemark.app.cli;

import dev.tidemark.app.launcher.Composition;
import dev.tidemark.app.model.Sentences;
import dev.tidemark.app.remote.ConfiguredRemote;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.QuarantinedFile;
import dev.tidemark.engine.sync.RemoteLibrary;
import dev.tidemark.engine.sync.SyncReport;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Syncs once, now. Fails if something that others changed could not be had, although the rest was synced. */
@Command(name = "sync")
final class SyncCommand implements Callable<Integer> {
    private final TidemarkCommand root;

    SyncCommand(TidemarkCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Composition composition = root.composition();
        ConfiguredRemote remote = composition.requireRemote();
        SyncReport report;
        try (RemoteStorage storage = remote.open()) {
            report = RemoteLibrary.open(
                            composition.database(),
                            storage,
                            Composition.program(),
                            InstantSource.system(),
                            remote.encryption())
                    .sync();
        }
        print(report);
        return complain(report);
    }

    private void print(SyncReport report) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("pushed", report.pushed());
        fields.put("pulled", report.pulled());
        fields.put("conflicts", report.conflicts());
        fields.put("hidden", report.hidden());
        fields.put("waiting", report.waiting());
        // Without device records and clearing up, which are counted apart.
        fields.put("requests", report.requests());
        fields.put("bytes", report.bytesSent() + report.bytesReceived());
        if (root.json()) {
            root.output().json(fields);
        } else {
            fields.forEach((name, value) -> root.output().line(Texts.get("sync." + name, value)));
        }
    }

    private int complain(SyncReport report) {
        for (QuarantinedFile file : report.quarantined()) {
            complain("sync.quarantined", file.name(), Sentences.of(file.reason()));
        }
        report.aheadOfClock()
                .forEach((replica, millis) -> complain(
                        "sync.ahead",
                        dev.tidemark.app.model.ItemDetails.deviceName(
                                root.composition().database().replicaNames(), replica)));
        if (report.readOnly()) {
            complain("sync.readOnly");
        } else if (report.blocked() > 0) {
            complain("sync.blocked", Long.toString(report.blocked()));
        }
        return report.isComplete() ? 0 : 1;
    }

    private void complain(String key, @Nullable Object... arguments) {
        root.terminal().errors().println(PlainText.line(Texts.get(key, arguments)));
    }
}
