package dev.tidemark.app.cli;

import dev.tidemark.app.format.TerminalSanitizer;
import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.app.model.ItemDetails;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.settings.Settings;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.StorageException;
import dev.tidemark.engine.storage.StorageUrl;
import dev.tidemark.engine.sync.RemoteLibrary;
import dev.tidemark.engine.sync.SyncOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tests, measures, copies and reconnects the storage. */
@Command(name = "remote")
final class RemoteCommand implements Runnable {
    private final TidemarkCommand root;

    @Spec
    private @Nullable CommandSpec spec;

    RemoteCommand(TidemarkCommand root) {
        this.root = root;
    }

    @Override
    public void run() {
        if (spec == null) {
            throw new IllegalStateException("Picocli sets the specification");
        }
        throw new ParameterException(spec.commandLine(), CliMessages.get("usage.noCommand"));
    }

    @Command(name = "test")
    int test(@Parameters(paramLabel = "URL", arity = "0..1", descriptionKey = "remote.url") @Nullable String url) {
        Settings settings = root.composition().settings().read();
        StorageUrl place =
                url == null ? settings.syncUrl().orElseThrow(() -> new ProblemException("sync.noPlace")) : parse(url);
        return new StorageCheck(root).run(place, settings);
    }

    @Command(name = "info")
    void info() {
        RemoteLibrary.StorageUsage use = OpenRemote.with(root, RemoteLibrary::storageUsage);
        Map<ReplicaId, String> names = root.composition().database().replicaNames();
        if (root.json()) {
            root.output().json(fields(use, names));
            return;
        }
        line("library", use.library());
        line("objects", use.total().objects());
        line("bytes", use.total().bytes());
        new TreeMap<>(use.kinds())
                .forEach((kind, size) -> root.output()
                        .line(CliMessages.get("remote.kind." + lower(kind), size.objects(), size.bytes())));
        use.devices()
                .forEach((replica, size) -> root.output()
                        .line(CliMessages.get(
                                "remote.device",
                                TerminalSanitizer.line(ItemDetails.deviceName(names, replica)),
                                size.objects(),
                                size.bytes())));
    }

    private Map<String, @Nullable Object> fields(RemoteLibrary.StorageUsage use, Map<ReplicaId, String> names) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("url", root.composition().requireRemote().url().text());
        fields.put("library", use.library().toString());
        fields.put("epoch", use.epoch());
        fields.put("objects", use.total().objects());
        fields.put("bytes", use.total().bytes());
        Map<String, Object> kinds = new LinkedHashMap<>();
        for (RemoteLibrary.StorageUsage.Kind kind : RemoteLibrary.StorageUsage.Kind.values()) {
            kinds.put(lower(kind), size(use.kinds().getOrDefault(kind, RemoteLibrary.StorageUsage.Size.NONE)));
        }
        fields.put("kinds", kinds);
        List<Map<String, Object>> devices = new TreeMap<>(use.devices())
                .entrySet().stream()
                        .map(device -> {
                            Map<String, Object> each = new LinkedHashMap<>();
                            each.put("id", device.getKey().toString());
                            each.put("name", ItemDetails.deviceName(names, device.getKey()));
                            each.putAll(size(device.getValue()));
                            return each;
                        })
                        .toList();
        fields.put("devices", devices);
        return fields;
    }

    private static Map<String, Object> size(RemoteLibrary.StorageUsage.Size size) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("objects", size.objects());
        fields.put("bytes", size.bytes());
        return fields;
    }

    @Command(name = "copy")
    void copy(
            @Parameters(paramLabel = "FROM-URL", descriptionKey = "remote.from") String from,
            @Parameters(paramLabel = "TO-URL", descriptionKey = "remote.to") String to,
            @Mixin SourceOptions sourceAccess,
            @Mixin TargetOptions targetAccess) {
        StorageUrl start = parse(from);
        StorageUrl target = parse(to);
        TransferProgress files = new TransferProgress(root.terminal());
        RemoteLibrary.Copy copy;
        try (RemoteStorage source = sourceAccess.bucket().open(start, root);
                RemoteStorage copied = targetAccess.bucket().open(target, root)) {
            copy = RemoteLibrary.Copy.copy(
                    source,
                    copied,
                    root.composition().folders().cache(),
                    progress -> files.copying(progress.objects(), progress.bytes()));
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("objects", copy.objects());
        fields.put("bytes", copy.bytes());
        fields.put("copied", copy.copied());
        fields.put("copiedBytes", copy.copiedBytes());
        if (root.json()) {
            root.output().json(fields);
        } else {
            root.output()
                    .line(CliMessages.get(
                            "remote.copied", copy.copied(), copy.copiedBytes(), copy.objects() - copy.copied()));
        }
    }

    @Command(name = "connect")
    int connect(@Option(names = "--replace", descriptionKey = "remote.replace") boolean replace) {
        RemoteLibrary.JoinMode joining = replace ? RemoteLibrary.JoinMode.REPLACE : RemoteLibrary.JoinMode.MERGE;
        return new SyncPrinter(root)
                .print(OpenRemote.with(root, library -> library.connect(joining, SyncOptions.DEFAULT)));
    }

    @Command(name = "publish")
    int publish() {
        return new SyncPrinter(root)
                .print(OpenRemote.with(root, library -> library.startNewEpoch(SyncOptions.DEFAULT)));
    }

    private static StorageUrl parse(String url) {
        try {
            return StorageUrl.parse(url);
        } catch (StorageException e) {
            throw new ProblemException(e, "remote.url", ErrorMessages.of(e));
        }
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private void line(String key, Object value) {
        root.output().line(root.output().faint(CliMessages.get("remote." + key)) + " " + value);
    }
}
