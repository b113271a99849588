package dev.tidemark.app.cli;

import dev.tidemark.app.format.TerminalSanitizer;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.sync.Device;
import dev.tidemark.engine.sync.RemoteLibrary;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists the devices of the library; retires one. */
@Command(name = "devices")
final class DevicesCommand implements Runnable {
    private static final Pattern WHOLE_ID = Pattern.compile("[0-3][0-9a-f]{15}");

    /** The shortest accepted prefix of an id, so that a typing error matches nothing. */
    private static final int SHORTEST_ID = 4;

    private final TidemarkCommand root;

    DevicesCommand(TidemarkCommand root) {
        this.root = root;
    }

    @Override
    public void run() {
        List<Device> devices = OpenRemote.with(root, RemoteLibrary::devices);
        ReplicaId self = root.composition().database().replica();
        for (Device device : devices) {
            if (root.json()) {
                root.output().json(fields(device, self));
            } else {
                print(device, self);
            }
        }
    }

    private static Map<String, @Nullable Object> fields(Device device, ReplicaId self) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("id", device.replica().toString());
        fields.put("name", device.name());
        fields.put("platform", device.platform().isEmpty() ? null : device.platform());
        fields.put("program", device.program().isEmpty() ? null : device.program());
        fields.put("lastSeen", device.lastSeen().toString());
        fields.put("behind", device.behind());
        fields.put("status", device.status().name().toLowerCase(Locale.ROOT));
        fields.put("current", device.replica().equals(self));
        return fields;
    }

    private void print(Device device, ReplicaId self) {
        String state = device.replica().equals(self)
                ? CliMessages.get("devices.this")
                : CliMessages.get("devices.status." + device.status().name().toLowerCase(Locale.ROOT));
        root.output()
                .line(CliMessages.get(
                        "devices.line",
                        device.replica().toString(),
                        TerminalSanitizer.line(device.name()),
                        state,
                        ItemPrinter.time(device.lastSeen()),
                        device.behind()));
    }

    @Command(name = "retire")
    void retire(@Parameters(paramLabel = "DEVICE", descriptionKey = "devices.device") String device) {
        Database database = root.composition().database();
        say(OpenRemote.with(root, library -> {
            ReplicaId found = find(library.devices(), device, database.replica());
            SyncReport report = library.retire(found, SyncOptions.DEFAULT);
            return new Retired(
                    found,
                    database.replicaNames().getOrDefault(found, ""),
                    database.changelog().vector().get(found),
                    report.lacking().get(found));
        }));
    }

    /**
     * The result of retiring a device.
     *
     * @param last the number of its last change that the library has
     * @param lacking the number of its first lost change, if one is known
     */
    private record Retired(
            ReplicaId device,
            String name,
            long last,
            @Nullable Long lacking) {}

    private void say(Retired retired) {
        if (root.json()) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("id", retired.device().toString());
            fields.put("name", retired.name());
            fields.put("last", retired.last());
            fields.put("lacking", retired.lacking());
            root.output().json(fields);
            return;
        }
        String name = TerminalSanitizer.line(retired.name());
        root.output()
                .line(CliMessages.get("devices.retired", name, retired.device().toString(), retired.last()));
        if (retired.lacking() != null) {
            root.output().line(CliMessages.get("devices.retired.lost", retired.lacking()));
        }
    }

    /** Finds a device by a prefix of its id, or by its name. A device without a record needs its full id. */
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
