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
 * <p>{@code sync.url} contains the storage, and {@code sync.target} tells whether sync is on. Turning sync off keeps
 * the storage. {@code sync.folder} is another form of {@code sync.url}.
 */
public final class Settings {
    /** Settings without stored values, so that every setting has its default value. */
    public static final Settings DEFAULT = new Settings(new TreeMap<>());

    private final SortedMap<String, String> stored;

    Settings(Map<String, String> stored) {
        this.stored = Collections.unmodifiableSortedMap(new TreeMap<>(stored));
    }

    /** Returns the content of the file, including settings of later versions of the program. */
    SortedMap<String, String> stored() {
        return stored;
    }

    /** Returns the stored value or the default value. The value of a secret is always empty. */
    public <T> T get(Setting<T> setting) {
        return setting.in(stored);
    }

    /**
     * Returns the text of the stored value or of the default value; empty if neither exists. The text of a secret is
     * always empty.
     */
    public String text(Setting<?> setting) {
        return setting.textIn(stored);
    }

    /** Returns the storage of the library, even while sync is off. */
    public Optional<StorageUrl> syncUrl() {
        return get(Setting.SYNC_URL);
    }

    /**
     * Returns the location of the storage in the form that the sync history contains, even while sync is off; empty if
     * no storage is set.
     */
    public String syncLocation() {
        return syncUrl().map(StorageUrl::location).orElse("");
    }

    /** Returns the folder that is the storage, even while sync is off; empty if the storage is not a folder. */
    public Optional<Path> syncFolder() {
        return get(Setting.SYNC_FOLDER);
    }

    /** Returns the bucket that is the storage, even while sync is off; empty if the storage is not a bucket. */
    public Optional<StorageUrl.Bucket> syncBucket() {
        return syncUrl().map(url -> url instanceof StorageUrl.Bucket bucket ? bucket : null);
    }

    /**
     * Returns these settings with one setting changed. The text {@code none} removes a value.
     *
     * @param text the value as the user writes it; a relative folder is resolved against the working folder
     * @throws ProblemException if the value is not allowed; the message names the allowed values
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

    /**
     * Sets the target. Allows only {@code off} and the target that fits the stored URL, so that the two settings agree.
     */
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
