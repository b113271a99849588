package dev.tidemark.app.cli;

import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.app.model.ItemJson;
import dev.tidemark.app.model.PurgeStatus;
import dev.tidemark.app.remote.RemoteConfig;
import dev.tidemark.app.repair.LastCheck;
import dev.tidemark.app.repair.RepairText;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.Settings;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.history.HiddenData;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.remote.SyncService;
import dev.tidemark.engine.storage.StorageUrl;
import dev.tidemark.engine.sync.Device;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Shows the storage and the sync status of this device. Accesses the storage only to test whether it is reachable. */
@Command(name = "status")
final class StatusCommand extends Subcommand implements Runnable {
    @Override
    public void run() {
        Settings settings = context().settings().read();
        Database database = database();
        Optional<RemoteConfig> target = context().remote(settings);
        StorageException problem = target.map(StatusCommand::problem).orElse(null);
        SyncService.History history = SyncService.History.of(database, settings.syncLocation());

        Map<String, @Nullable Object> fields = ItemJson.object(
                "target", settings.text(Setting.SYNC_TARGET),
                "url", settings.syncUrl().map(StorageUrl::text).orElse(null),
                "state", target.isEmpty() ? "off" : problem == null ? "idle" : "offline",
                "reason", problem == null ? null : problem.getMessage(),
                "lastSuccess",
                        Optional.ofNullable(history.lastSuccess())
                                .map(Instant::toString)
                                .orElse(null),
                "pending", history.pending(),
                "devices", devices(database, history));
        PurgeStatus purges = PurgeStatus.of(database, history);
        fields.put("purged", purges.items());
        fields.put("purgedWaiting", purges.waiting());
        HiddenData.Counts hidden = database.hiddenDataCounts();
        fields.put("hidden", HiddenDataPrinter.counts(hidden));
        LastCheck.Entry check = new LastCheck(root().folders()).read().orElse(null);
        fields.put(
                "lastCheck",
                check == null
                        ? null
                        : ItemJson.object(
                                "at", check.at().toString(),
                                "result", Output.name(check.result())));
        fields.put("storageFailures", ActivityCommand.failures(RemoteLibrary.activity(database, 1)));
        if (isJson()) {
            output().json(fields);
        } else {
            print(fields, problem, history);
            print(purges);
            print(hidden);
            if (check != null) {
                line("check", RepairText.last(check));
            }
        }
    }

    /** Returns the reason why the storage cannot be opened; {@code null} if it can be opened. */
    private static @Nullable StorageException problem(RemoteConfig target) {
        try {
            target.open().close();
            return null;
        } catch (StorageException e) {
            return e;
        }
    }

    private static List<Map<String, @Nullable Object>> devices(Database database, SyncService.History history) {
        List<Map<String, @Nullable Object>> devices = new ArrayList<>();
        String name = database.replicaNames().get(database.replica());
        devices.add(device(database.replica().toString(), name, null, true));
        for (Device other : history.devices()) {
            devices.add(device(other.replica().toString(), other.name(), other.lastSeen(), false));
        }
        return devices;
    }

    private static Map<String, @Nullable Object> device(
            String id, @Nullable String name, @Nullable Instant lastSeen, boolean thisOne) {
        return ItemJson.object(
                "id", id,
                "name", name,
                "lastSeen", lastSeen == null ? null : lastSeen.toString(),
                "current", thisOne);
    }

    private void print(
            Map<String, @Nullable Object> fields, @Nullable StorageException problem, SyncService.History history) {
        Object url = fields.get("url");
        line("target", url == null ? fields.get("target") : fields.get("target") + " " + url);
        line("state", CliMessages.get("status.state." + fields.get("state")));
        if (problem != null) {
            line("reason", ErrorMessages.of(problem));
        }
        Instant last = history.lastSuccess();
        line("lastSuccess", last == null ? CliMessages.get("status.never") : ItemPrinter.time(last));
        line("pending", fields.get("pending"));
        Database database = database();
        line("device", database.replicaNames().get(database.replica()) + " " + CliMessages.get("status.this"));
        history.devices().forEach(device -> {
            Instant seen = device.lastSeen();
            line(
                    "device",
                    seen == null
                            ? CliMessages.get("status.absent", device.name())
                            : CliMessages.get("status.seen", device.name(), ItemPrinter.time(seen)));
        });
    }

    private void print(PurgeStatus purges) {
        if (purges.items() > 0) {
            line("purged", CliMessages.get("status.purged.items", purges.items()));
        }
        purges.waiting()
                .forEach((device, items) ->
                        line("purged.waiting", CliMessages.get("status.purged.device", device, items)));
    }

    private void print(HiddenData.Counts hidden) {
        hidden.hidden().forEach((reason, rows) -> {
            if (rows > 0) {
                line("hidden", CliMessages.get("status.hidden." + Output.name(reason), rows));
            }
        });
        if (hidden.hidden().values().stream().anyMatch(rows -> rows > 0)) {
            line("hidden.advice", CliMessages.get("status.hidden.decide"));
        }
        if (hidden.waiting() > 0) {
            line("hidden", CliMessages.get("status.hidden.waiting", hidden.waiting()));
            line("hidden.advice", CliMessages.get("status.hidden.update"));
        }
    }

    private void line(String key, @Nullable Object value) {
        output().field("status." + key, value);
    }
}
