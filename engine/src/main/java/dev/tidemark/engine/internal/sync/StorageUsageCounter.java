package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.sync.RemoteNames.LibraryName;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import dev.tidemark.engine.sync.StorageUsage;
import dev.tidemark.engine.sync.StorageUsage.Kind;
import dev.tidemark.engine.sync.StorageUsage.Size;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts the files in a listing and their bytes, for each kind of file and for each device. */
final class StorageUsageCounter {
    /** Matches names that contain the id of the device that owns the file. */
    private static final Pattern OWNED = Pattern.compile(
            "v1/(?:log|devices)/([0-3][0-9a-f]{15})/.*|v1/(?:snapshots|base)/[0-9a-f]+-([0-3][0-9a-f]{15})[-/].*");

    private final Map<Kind, Size> kinds = new EnumMap<>(Kind.class);
    private final Map<ReplicaId, Size> devices = new HashMap<>();
    private int epoch;

    private StorageUsageCounter() {}

    static StorageUsage of(List<StoredObject> listing, UUID library) {
        StorageUsageCounter usage = new StorageUsageCounter();
        listing.forEach(object -> usage.add(object, library));
        return new StorageUsage(library, usage.epoch, usage.kinds, usage.devices);
    }

    private void add(StoredObject object, UUID library) {
        Size size = new Size(1, object.size());
        kinds.merge(kind(object.name()), size, Size::plus);
        Matcher owned = OWNED.matcher(object.name());
        if (owned.matches()) {
            String owner = owned.group(1) == null ? owned.group(2) : owned.group(1);
            devices.merge(ReplicaId.parse(owner), size, Size::plus);
        }
        LibraryName.parse(object.name())
                .filter(name -> name.library().equals(library))
                .ifPresent(name -> epoch = Math.max(epoch, name.epoch()));
    }

    private static Kind kind(String name) {
        String[] parts = name.split("/", 3);
        if (parts.length < 3 || !parts[0].equals("v1")) {
            return Kind.OTHER;
        }
        return switch (parts[1]) {
            case "library" -> Kind.LIBRARY;
            case "keys" -> Kind.KEY;
            case "devices", "retired" -> Kind.DEVICE;
            case "log" -> Kind.CHANGES;
            case "snapshots", "base" -> Kind.SNAPSHOT;
            case "blobs" -> Kind.ATTACHMENT;
            default -> Kind.OTHER;
        };
    }
}
