package dev.tidemark.app.cli;

import dev.tidemark.app.model.ProblemException;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.sync.Device;
import dev.tidemark.engine.sync.RemoteLibrary;
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
                ? Texts.get("devices.this")
                : Texts.get("devices.status." + device.status().name().toLowerCase(Locale.ROOT));
        root.output()
                .line(Texts.get(
                        "devices.line",
                        device.replica().toString(),
                        PlainText.line(device.name()),
                        state,
                        ItemPrinter.time(device.lastSeen()),
                        device.behind()));
    }

    private static final Pattern WHOLE_ID = Pattern.compile("[0-3][0-9a-f]{15}");

    @Command(name = "retire")
    void retire(@Parameters(paramLabel = "DEVICE", descriptionKey = "devices.device") String device) {
        ReplicaId self = root.composition().database().replica();
        ReplicaId retired = OpenRemote.with(root, library -> {
            ReplicaId found = find(library.devices(), device, self);
            library.retire(found);
            return found;
        });
        if (root.json()) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("id", retired.toString());
            fields.put("name", root.composition().database().replicaNames().getOrDefault(retired, ""));
            root.output().json(fields);
        }
    }

    /** By its id, which may be cut short, or else its name; the whole id of one that left nothing but changes, too. */
    private static ReplicaId find(List<Device> devices, String wanted, ReplicaId self) {
        List<Device> found = devices.stream()
                .filter(device ->
                        device.replica().toString().startsWith(wanted.toLowerCase(Locale.ROOT)) && !wanted.isEmpty())
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
        return found.stream()
                .findFirst()
                .map(Device::replica)
                .orElseThrow(() -> new ProblemException("device.unknown", wanted));
    }
}
