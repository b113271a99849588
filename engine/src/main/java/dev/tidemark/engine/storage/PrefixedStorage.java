package dev.tidemark.engine.storage;

import dev.tidemark.engine.internal.storage.ObjectNames;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Wraps a storage and adds a prefix to all names. Objects without the prefix are not visible. */
final class PrefixedStorage extends ForwardingStorage {
    private final String prefix;

    /**
     * @param name the prefix without the slash at its end
     */
    PrefixedStorage(RemoteStorage storage, String name) {
        super(storage);
        ObjectNames.require(name);
        this.prefix = name + "/";
    }

    private @Nullable String inside(@Nullable String name) {
        return name == null ? null : prefix + name;
    }

    @Override
    public List<StoredObject> list(String first, @Nullable String after) {
        return storage.list(prefix + first, inside(after)).stream()
                .map(object -> new StoredObject(object.name().substring(prefix.length()), object.size()))
                .toList();
    }

    @Override
    public byte[] get(String name, long most) {
        return storage.get(prefix + name, most);
    }

    @Override
    public void put(String name, byte[] content) {
        storage.put(prefix + name, content);
    }

    @Override
    public void upload(String name, Path file, Path notes, LongConsumer progress) {
        storage.upload(prefix + name, file, notes, progress);
    }

    @Override
    public void download(String name, Path file, Path notes, LongConsumer progress) {
        storage.download(prefix + name, file, notes, progress);
    }

    @Override
    public void delete(String name) {
        storage.delete(prefix + name);
    }

    @Override
    public Optional<Watch> watch(String first, @Nullable String after, Consumer<String> changed) {
        return storage.watch(
                prefix + first,
                inside(after),
                name -> changed.accept(name.startsWith(prefix) ? name.substring(prefix.length()) : ""));
    }

    @Override
    public String description() {
        return storage.description() + "/" + prefix.substring(0, prefix.length() - 1);
    }

    @Override
    public String toString() {
        return description();
    }
}
