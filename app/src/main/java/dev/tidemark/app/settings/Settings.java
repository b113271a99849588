package dev.tidemark.app.settings;

import dev.tidemark.app.model.ProblemException;
import dev.tidemark.engine.storage.StorageUrl;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of the settings of a profile. Immutable.
 *
 * <p>{@code sync.url} has the storage, and {@code sync.target} tells whether sync is on, so turning sync off keeps the
 * storage. {@code sync.folder} is another form of {@code sync.url}.
 */
public final class Settings {
    /** Settings with no stored values: every setting has its default. */
    public static final Settings DEFAULT = new Settings(new TreeMap<>());

    private final SortedMap<String, String> stored;

    Settings(Map<String, String> stored) {
        this.stored = Collections.unmodifiableSortedMap(new TreeMap<>(stored));
    }

    /** The content of the file, including settings of later versions. */
    SortedMap<String, String> stored() {
        return stored;
    }

    /** The value or the default; always empty for a secret. */
    public <T> T get(Setting<T> setting) {
        return setting.in(stored);
    }

    /** The text of the value or of the default; empty if neither exists, and always for a secret. */
    public String text(Setting<?> setting) {
        return setting.textIn(stored);
    }

    /** The storage of the library, even while sync is off. */
    public Optional<StorageUrl> syncUrl() {
        return get(Setting.SYNC_URL);
    }

    /** The location of the storage as named in the sync history, even while sync is off; empty if no storage is set. */
    public String syncLocation() {
        return syncUrl().map(StorageUrl::location).orElse("");
    }

    /** The folder of the storage, even while sync is off. */
    public Optional<Path> syncFolder() {
        return get(Setting.SYNC_FOLDER);
    }

    /** The bucket of the storage, even while sync is off. */
    public Optional<StorageUrl.Bucket> syncBucket() {
        return syncUrl().map(url -> url instanceof StorageUrl.Bucket bucket ? bucket : null);
    }

    /**
     * Returns these settings with one changed. {@code none} removes a value.
     *
     * @param text as the user writes it; a relative folder is resolved against the working folder
     * @throws ProblemException if the value is not allowed; names the allowed ones
     */
    public Settings with(Setting<?> setting, String text) {
        SortedMap<String, String> changed = new TreeMap<>(stored);
        boolean none = text.equals("none");
        if (setting == Setting.SYNC_URL) {
            setUrl(changed, none ? null : SettingsValue.url(text));
        } else if (setting == Setting.SYNC_FOLDER) {
            setUrl(changed, none ? null : SettingsValue.folderUrl(text));
        } else if (setting == Setting.SYNC_TARGET) {
            setTarget(changed, none ? "off" : setting.canonical(text));
        } else if (none && setting != Setting.SYNC_ENCRYPTION) {
            changed.remove(setting.name());
        } else {
            changed.put(setting.name(), setting.canonical(text));
        }
        return new Settings(changed);
    }

    /** Returns these settings with encryption on, unless a mode is already stored. */
    public Settings encryptedUnlessSet() {
        return get(Setting.SYNC_ENCRYPTION).isPresent() ? this : with(Setting.SYNC_ENCRYPTION, "age");
    }

    private static void setUrl(SortedMap<String, String> changed, @Nullable StorageUrl url) {
        if (url == null) {
            changed.remove(Setting.SYNC_URL.name());
            changed.put(Setting.SYNC_TARGET.name(), "off");
            return;
        }
        if (url instanceof StorageUrl.Folder folder) {
            SettingsValue.requireFolder(folder.path());
        }
        changed.put(Setting.SYNC_URL.name(), url.text());
        changed.put(Setting.SYNC_TARGET.name(), targetOf(url));
    }

    /** Sets the target. Allows only the target of the stored address, so that the two settings always agree. */
    private static void setTarget(SortedMap<String, String> changed, String target) {
        Setting.SYNC_URL.in(changed).ifPresent(url -> {
            if (!target.equals("off") && !target.equals(targetOf(url))) {
                throw new ProblemException("settings.target", target, url.text());
            }
        });
        changed.put(Setting.SYNC_TARGET.name(), target);
    }

    private static String targetOf(StorageUrl url) {
        return Setting.SYNC_TARGET.text(
                switch (url) {
                    case StorageUrl.Folder folder -> SyncTarget.FOLDER;
                    case StorageUrl.Bucket bucket -> SyncTarget.S3;
                });
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Settings settings && settings.stored.equals(stored);
    }

    @Override
    public int hashCode() {
        return stored.hashCode();
    }
}
