package dev.tidemark.app.cli;

import dev.tidemark.app.format.TerminalSanitizer;
import dev.tidemark.app.model.ItemJson;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.sync.Device;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists the devices of the library. A subcommand retires a device. */
@Command(name = "devices")
final class DevicesCommand extends Subcommand implements Runnable {
    private static final Pattern WHOLE_ID = Pattern.compile("[0-3][0-9a-f]{15}");

    /** The minimum length of an id prefix, in characters. A shorter prefix could match a wrong device. */
    private static final int SHORTEST_ID = 4;

    @Override
    public void run() {
        List<Device> devices = OpenRemote.with(root(), RemoteLibrary::devices);
        ReplicaId self = database().replica();
        for (Device device : devices) {
            if (isJson()) {
                output().json(fields(device, self));
            } else {
                print(device, self);
            }
        }
    }

    private static Map<String, @Nullable Object> fields(Device device, ReplicaId self) {
        return ItemJson.object(
                "id", device.replica().toString(),
                "name", device.name(),
                "platform", device.platform().isEmpty() ? null : device.platform(),
                "program", device.program().isEmpty() ? null : device.program(),
                "lastSeen", device.lastSeen() == null ? null : device.lastSeen().toString(),
                "behind", device.behind(),
                "status", Output.name(device.status()),
                "current", device.replica().equals(self));
    }

    private void print(Device device, ReplicaId self) {
        String state = device.replica().equals(self)
                ? CliMessages.get("devices.this")
                : CliMessages.get("devices.status." + Output.name(device.status()));
        Instant seen = device.lastSeen();
        message(
                seen == null
                        ? "devices.line.absent"
                        : device.status() == Device.Status.RETIRED ? "devices.line.retired" : "devices.line",
                device.replica().toString(),
                TerminalSanitizer.line(device.name()),
                state,
                seen == null ? "" : ItemPrinter.time(seen),
                device.behind());
    }

    @Command(name = "retire")
    void retire(@Parameters(paramLabel = "DEVICE", descriptionKey = "devices.device") String device) {
        Database database = database();
        Map.Entry<ReplicaId, SyncReport> retired = OpenRemote.with(root(), library -> {
            ReplicaId found = find(library.devices(), device, database.replica());
            return Map.entry(found, library.retire(found, SyncOptions.DEFAULT));
        });
        ReplicaId found = retired.getKey();
        String name = database.replicaNames().getOrDefault(found, "");
        // The last change of the retired device that this library has, and the first lost change if one is known.
        long last = database.changelog().vector().get(found);
        Long lost = retired.getValue().firstMissing().get(found);
        if (isJson()) {
            output().json("id", found.toString(), "name", name, "last", last, "lacking", lost);
            return;
        }
        message("devices.retired", TerminalSanitizer.line(name), found.toString(), last);
        if (lost != null) {
            message("devices.retired.lost", lost);
        }
    }

    /**
     * Finds a device by its name or a prefix of its id. A device without a device record is found only by its full id.
     */
    private static ReplicaId find(List<Device> devices, String wanted, ReplicaId self) {
        List<Device> found = devices.stream()
                .filter(device -> wanted.length() >= SHORTEST_ID
                        && device.replica().toString().startsWith(wanted.toLowerCase(Locale.ROOT)))
                .toList();
        if (found.isEmpty()) {
            found = devices.stream()
                    .filter(device -> device.name().equals(wanted)
                            && !device.replica().equals(self)
                            && device.status() != Device.Status.RETIRED)
                    .toList();
        }
        if (found.size() > 1) {
            throw new ProblemException("device.ambiguous", wanted);
        }
        if (found.isEmpty() && WHOLE_ID.matcher(wanted).matches()) {
            return ReplicaId.parse(wanted);
        }
        if (found.isEmpty() && wanted.length() < SHORTEST_ID) {
            throw new ProblemException("device.short", wanted, SHORTEST_ID);
        }
        return found.stream()
                .findFirst()
                .map(Device::replica)
                .orElseThrow(() -> new ProblemException("device.unknown", wanted));
    }
}
