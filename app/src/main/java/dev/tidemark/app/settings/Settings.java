package dev.tidemark.app.settings;

import dev.tidemark.app.model.ProblemException;
import dev.tidemark.engine.storage.StorageUrl;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a profile at one moment. Immutable.
 *
 * <p>Where to sync is kept as {@code sync.url}, and whether to as {@code sync.target}; so turning sync off keeps the
 * place. {@code sync.folder} is another form of the former.
 */
public final class Settings {
    /** Nothing set: every value is its default. */
    public static final Settings DEFAULT = new Settings(new TreeMap<>());

    private static final Duration INTERVAL = Duration.ofSeconds(60);

    private final SortedMap<String, String> stored;

    Settings(Map<String, String> stored) {
        this.stored = Collections.unmodifiableSortedMap(new TreeMap<>(stored));
    }

    /** What is written to the file: what was set, and what only a later version knows. */
    SortedMap<String, String> stored() {
        return stored;
    }

    /** What the library is synced through; off unless set. */
    public SyncTarget syncTarget() {
        return SettingsValue.choice(SyncTarget.class, SettingsKey.SYNC_TARGET, value("sync.target", "off"));
    }

    /** The place to sync through, also while sync is off. */
    public Optional<StorageUrl> syncUrl() {
        return Optional.ofNullable(stored.get("sync.url")).map(SettingsValue::url);
    }

    /** The folder to sync through, if it is one, also while sync is off. */
    public Optional<Path> syncFolder() {
        return syncUrl().map(url -> url instanceof StorageUrl.Folder folder ? folder.path() : null);
    }

    /** The bucket to sync through, if it is one, also while sync is off. */
    public Optional<StorageUrl.Bucket> syncBucket() {
        return syncUrl().map(url -> url instanceof StorageUrl.Bucket bucket ? bucket : null);
    }

    /** The name of the key pair that a bucket is opened with; empty unless set. */
    public String accessKey() {
        return value("sync.s3.access-key", "");
    }

    /** Whether the bucket stands in the path of addresses. */
    public TriState pathStyle() {
        return SettingsValue.choice(
                TriState.class, SettingsKey.SYNC_S3_PATH_STYLE, value("sync.s3.path-style", "auto"));
    }

    /** Whether newer parts of S3 are left out. */
    public TriState compatibility() {
        return SettingsValue.choice(
                TriState.class, SettingsKey.SYNC_S3_COMPATIBILITY, value("sync.s3.compatibility", "auto"));
    }

    /** Whether what is synced is encrypted; empty if nobody has said so. */
    public Optional<EncryptionMode> encryption() {
        return Optional.ofNullable(stored.get("sync.encryption"))
                .map(text -> SettingsValue.choice(EncryptionMode.class, SettingsKey.SYNC_ENCRYPTION, text));
    }

    /** How long to wait between two syncs while nothing happens; 60 s unless set. */
    public Duration syncInterval() {
        String text = stored.get("sync.interval");
        return text == null ? INTERVAL : SettingsValue.interval(text);
    }

    /** What other devices call this one; the machine's name unless set. */
    public String deviceName() {
        return Objects.requireNonNullElseGet(stored.get("device.name"), HostName::get);
    }

    /** How the window looks; as the system unless set. */
    public Theme theme() {
        return SettingsValue.choice(Theme.class, SettingsKey.THEME, value("theme", "system"));
    }

    /** How strongly things stand out; as the system unless set. */
    public Contrast contrast() {
        return SettingsValue.choice(Contrast.class, SettingsKey.CONTRAST, value("contrast", "system"));
    }

    /** How large everything is; normal unless set. */
    public TextSize textSize() {
        return SettingsValue.choice(TextSize.class, SettingsKey.TEXT_SIZE, value("text.size", "normal"));
    }

    /** Whether things move; as the system unless set. */
    public Motion motion() {
        return SettingsValue.choice(Motion.class, SettingsKey.MOTION, value("motion", "system"));
    }

    /** The language of the texts; as the system unless set. */
    public Language language() {
        return SettingsValue.choice(Language.class, SettingsKey.LANGUAGE, value("language", "system"));
    }

    /** What the main window shows first; what it showed last unless set. */
    public StartView startView() {
        return SettingsValue.choice(StartView.class, SettingsKey.START_VIEW, value("start.view", "last"));
    }

    /** What happens when the main window is closed; the program ends unless set. */
    public CloseBehavior whenClosed() {
        return SettingsValue.choice(CloseBehavior.class, SettingsKey.WINDOW_CLOSE, value("window.close", "quit"));
    }

    /** Whether to look for new versions; off unless set. */
    public UpdateCheck updateCheck() {
        return SettingsValue.choice(UpdateCheck.class, SettingsKey.UPDATES_CHECK, value("updates.check", "off"));
    }

    /** Where new versions are announced; empty unless set. */
    public Optional<URI> updatesUrl() {
        return Optional.ofNullable(stored.get("updates.url")).map(SettingsValue::announcements);
    }

    /** The value as text, the default if it was not set, empty if there is none; always empty for a secret. */
    public String get(SettingsKey key) {
        return switch (key) {
            case SYNC_TARGET -> lower(syncTarget());
            case SYNC_URL -> syncUrl().map(StorageUrl::text).orElse("");
            case SYNC_FOLDER -> syncFolder().map(Path::toString).orElse("");
            case SYNC_S3_ACCESS_KEY -> accessKey();
            case SYNC_S3_PATH_STYLE -> lower(pathStyle());
            case SYNC_S3_COMPATIBILITY -> lower(compatibility());
            case SYNC_ENCRYPTION -> lower(encryption().orElse(EncryptionMode.NONE));
            case SYNC_S3_SECRET_KEY, SYNC_PASSPHRASE -> "";
            case SYNC_INTERVAL -> Long.toString(syncInterval().toSeconds());
            case DEVICE_NAME -> deviceName();
            case THEME -> lower(theme());
            case CONTRAST -> lower(contrast());
            case TEXT_SIZE -> lower(textSize());
            case MOTION -> lower(motion());
            case LANGUAGE -> lower(language());
            case START_VIEW -> lower(startView());
            case WINDOW_CLOSE -> lower(whenClosed());
            case UPDATES_CHECK -> lower(updateCheck());
            case UPDATES_URL -> updatesUrl().map(URI::toString).orElse("");
        };
    }

    /**
     * These settings with one changed. {@code none} takes a value away.
     *
     * @param value as a person writes it; a relative folder is one below the working folder
     * @throws ProblemException that names what is allowed, if it is not allowed
     */
    public Settings with(SettingsKey key, String value) {
        SortedMap<String, String> changed = new TreeMap<>(stored);
        boolean none = value.equals("none");
        switch (key) {
            case SYNC_URL -> setUrl(changed, none ? null : SettingsValue.url(value));
            case SYNC_FOLDER -> setUrl(changed, none ? null : SettingsValue.folderUrl(value));
            case SYNC_TARGET -> setTarget(changed, none ? "off" : SettingsValue.canonical(key, value));
            default -> {
                // "none" is a value of this one.
                if (none && key != SettingsKey.SYNC_ENCRYPTION) {
                    changed.remove(key.text());
                } else {
                    changed.put(key.text(), SettingsValue.canonical(key, value));
                }
            }
        }
        return new Settings(changed);
    }

    /** These settings, set to encrypt if nobody has said anything of it. */
    public Settings encryptedUnlessSet() {
        return encryption().isPresent() ? this : with(SettingsKey.SYNC_ENCRYPTION, lower(EncryptionMode.AGE));
    }

    private static void setUrl(SortedMap<String, String> changed, @Nullable StorageUrl url) {
        if (url == null) {
            changed.remove(SettingsKey.SYNC_URL.text());
            changed.put(SettingsKey.SYNC_TARGET.text(), lower(SyncTarget.OFF));
            return;
        }
        if (url instanceof StorageUrl.Folder folder) {
            SettingsValue.requireFolder(folder.path());
        }
        changed.put(SettingsKey.SYNC_URL.text(), url.text());
        changed.put(SettingsKey.SYNC_TARGET.text(), lower(SettingsValue.targetOf(url)));
    }

    /** On only for what the address is one of, so that the two never say different things. */
    private static void setTarget(SortedMap<String, String> changed, String target) {
        String url = changed.get(SettingsKey.SYNC_URL.text());
        if (url != null
                && !target.equals(lower(SyncTarget.OFF))
                && !target.equals(lower(SettingsValue.targetOf(SettingsValue.url(url))))) {
            throw new ProblemException("settings.target", target, url);
        }
        changed.put(SettingsKey.SYNC_TARGET.text(), target);
    }

    private String value(String key, String otherwise) {
        return stored.getOrDefault(key, otherwise);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
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
