package dev.tidemark.app.cli;

import dev.tidemark.app.format.TerminalSanitizer;
import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.app.model.ItemDetails;
import dev.tidemark.app.model.ItemJson;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.settings.Settings;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.StorageUrl;
import dev.tidemark.engine.sync.StorageUsage;
import dev.tidemark.engine.sync.SyncOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tests, measures, copies and reconnects the storage, and starts a new epoch. */
@Command(name = "remote")
final class RemoteCommand extends Subcommand.Group {
    @Command(name = "test")
    int test(@Parameters(paramLabel = "URL", arity = "0..1", descriptionKey = "remote.url") @Nullable String url) {
        Settings settings = context().settings().read();
        StorageUrl target =
                url == null ? settings.syncUrl().orElseThrow(() -> new ProblemException("sync.noPlace")) : parse(url);
        return new StorageCheck(root()).run(target, settings);
    }

    @Command(name = "info")
    void info() {
        StorageUsage use = OpenRemote.with(root(), RemoteLibrary::storageUsage);
        Map<ReplicaId, String> names = database().replicaNames();
        if (isJson()) {
            output().json(fields(use, names));
            return;
        }
        output().field("remote.library", use.library());
        output().field("remote.objects", use.total().objects());
        output().field("remote.bytes", use.total().bytes());
        new TreeMap<>(use.kinds())
                .forEach((kind, size) -> message("remote.kind." + Output.name(kind), size.objects(), size.bytes()));
        use.devices()
                .forEach((replica, size) -> message(
                        "remote.device",
                        TerminalSanitizer.line(ItemDetails.deviceName(names, replica)),
                        size.objects(),
                        size.bytes()));
    }

    private Map<String, @Nullable Object> fields(StorageUsage use, Map<ReplicaId, String> names) {
        Map<String, @Nullable Object> kinds = new LinkedHashMap<>();
        for (StorageUsage.Kind kind : StorageUsage.Kind.values()) {
            StorageUsage.Size size = use.kinds().getOrDefault(kind, StorageUsage.Size.NONE);
            kinds.put(Output.name(kind), ItemJson.object("objects", size.objects(), "bytes", size.bytes()));
        }
        List<Map<String, @Nullable Object>> devices = new ArrayList<>();
        new TreeMap<>(use.devices())
                .forEach((replica, size) -> devices.add(ItemJson.object(
                        "id", replica.toString(),
                        "name", ItemDetails.deviceName(names, replica),
                        "objects", size.objects(),
                        "bytes", size.bytes())));
        return ItemJson.object(
                "url", context().requireRemote().url().text(),
                "library", use.library().toString(),
                "epoch", use.epoch(),
                "objects", use.total().objects(),
                "bytes", use.total().bytes(),
                "kinds", kinds,
                "devices", devices);
    }

    @Command(name = "copy")
    void copy(
            @Parameters(paramLabel = "FROM-URL", descriptionKey = "remote.from") String from,
            @Parameters(paramLabel = "TO-URL", descriptionKey = "remote.to") String to,
            @Mixin BucketOptions.Source sourceAccess,
            @Mixin BucketOptions.Target targetAccess) {
        StorageUrl start = parse(from);
        StorageUrl target = parse(to);
        TransferProgress files = new TransferProgress(root().terminal());
        RemoteLibrary.Copy copy;
        try (RemoteStorage source = sourceAccess.bucket().open(start, root());
                RemoteStorage copied = targetAccess.bucket().open(target, root())) {
            copy = RemoteLibrary.Copy.copy(
                    source,
                    copied,
                    context().folders().cache(),
                    progress -> files.copying(progress.objects(), progress.bytes()));
        }
        if (isJson()) {
            output().json(
                            "objects", copy.objects(),
                            "bytes", copy.bytes(),
                            "copied", copy.copied(),
                            "copiedBytes", copy.copiedBytes());
        } else {
            message("remote.copied", copy.copied(), copy.copiedBytes(), copy.objects() - copy.copied());
        }
    }

    @Command(name = "connect")
    int connect(@Option(names = "--replace", descriptionKey = "remote.replace") boolean replace) {
        RemoteLibrary.JoinMode joining = replace ? RemoteLibrary.JoinMode.REPLACE : RemoteLibrary.JoinMode.MERGE;
        return new SyncPrinter(root())
                .print(OpenRemote.with(root(), library -> library.connect(joining, SyncOptions.DEFAULT)));
    }

    @Command(name = "publish")
    int publish() {
        return new SyncPrinter(root())
                .print(OpenRemote.with(root(), library -> library.startNewEpoch(SyncOptions.DEFAULT)));
    }

    private static StorageUrl parse(String url) {
        try {
            return StorageUrl.parse(url);
        } catch (StorageException e) {
            throw new ProblemException(e, "remote.url", ErrorMessages.of(e));
        }
    }
}
