package dev.tidemark.app.settings;

import dev.tidemark.app.model.ProblemException;
import dev.tidemark.engine.storage.StorageUrl;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Defines a setting: its name, its default, and the text form of its values. Immutable and thread-safe.
 *
 * @param <T> the type of the values; an {@link Optional} if the setting can be without a value
 */
public final class Setting<T> {
    private static final Map<String, Setting<?>> ALL = new LinkedHashMap<>();

    public static final Setting<SyncTarget> SYNC_TARGET = choice("sync.target", SyncTarget.OFF);

    /** The folder in {@link #SYNC_URL}; empty if the URL is that of a bucket. */
    public static final Setting<Optional<Path>> SYNC_FOLDER = new Setting<>(
            "sync.folder",
            "sync.url",
            Optional::empty,
            text -> SettingsValue.url(text) instanceof StorageUrl.Folder folder
                    ? Optional.of(folder.path())
                    : Optional.empty(),
            path -> path.map(Path::toString).orElse(""));

    /** The URL of the storage, {@code file:///…} or {@code s3://…}. Stays set while sync is off. */
    public static final Setting<Optional<StorageUrl>> SYNC_URL =
            optional("sync.url", SettingsValue::url, StorageUrl::text);

    public static final Setting<String> SYNC_S3_ACCESS_KEY =
            text("sync.s3.access-key", () -> "", SettingsValue::accessKey);

    /** The secret key of the bucket, stored in the keychain. */
    public static final Setting<String> SYNC_S3_SECRET_KEY = secret("sync.s3.secret-key");

    /** Whether requests contain the name of the bucket in the path instead of the host name. */
    public static final Setting<TriState> SYNC_S3_PATH_STYLE = choice("sync.s3.path-style", TriState.AUTO);

    /** Whether requests avoid newer S3 features. */
    public static final Setting<TriState> SYNC_S3_COMPATIBILITY = choice("sync.s3.compatibility", TriState.AUTO);

    /** Whether sync encrypts; empty until the user or the app sets it. */
    public static final Setting<Optional<EncryptionMode>> SYNC_ENCRYPTION = new Setting<>(
            "sync.encryption",
            "sync.encryption",
            Optional::empty,
            text -> Optional.of(parse("sync.encryption", EncryptionMode.class, text)),
            mode -> lower(mode.orElse(EncryptionMode.NONE)));

    /** The passphrase that unlocks the key of an encrypted library, stored in the keychain. */
    public static final Setting<String> SYNC_PASSPHRASE = secret("sync.passphrase");

    /** The time between two syncs of an idle library. */
    public static final Setting<Duration> SYNC_INTERVAL = new Setting<>(
            "sync.interval",
            "sync.interval",
            () -> Duration.ofSeconds(60),
            SettingsValue::interval,
            interval -> Long.toString(interval.toSeconds()));

    /** The name under which other devices show this device. The default is the host name. */
    public static final Setting<String> DEVICE_NAME = text("device.name", HostName::get, SettingsValue::deviceName);

    public static final Setting<Theme> THEME = choice("theme", Theme.SYSTEM);
    public static final Setting<Contrast> CONTRAST = choice("contrast", Contrast.SYSTEM);
    public static final Setting<TextSize> TEXT_SIZE = choice("text.size", TextSize.NORMAL);
    public static final Setting<Motion> MOTION = choice("motion", Motion.SYSTEM);
    public static final Setting<Density> LIST_DENSITY = choice("list.density", Density.NORMAL);

    /** The language of the texts, read only at startup. */
    public static final Setting<Language> LANGUAGE = choice("language", Language.SYSTEM);

    public static final Setting<StartView> START_VIEW = choice("start.view", StartView.LAST);

    public static final Setting<CloseBehavior> WINDOW_CLOSE = choice("window.close", CloseBehavior.QUIT);

    public static final Setting<BackupSchedule> BACKUPS = choice("backups", BackupSchedule.DAILY);

    public static final Setting<TextMerging> TEXT_MERGE = choice("text.merge", TextMerging.ON);

    public static final Setting<HistoryRetention> HISTORY_RETENTION =
            choice("history.retention", HistoryRetention.FOREVER);

    public static final Setting<UpdateCheck> UPDATES_CHECK = choice("updates.check", UpdateCheck.OFF);

    public static final Setting<Optional<URI>> UPDATES_URL =
            optional("updates.url", SettingsValue::announcements, URI::toString);

    private final String name;
    private final String storedAs;
    private final Supplier<T> usual;
    private final Function<String, T> reader;
    private final Function<T, String> writer;

    private Setting(
            String name, String storedAs, Supplier<T> usual, Function<String, T> reader, Function<T, String> writer) {
        this.name = name;
        this.storedAs = storedAs;
        this.usual = usual;
        this.reader = reader;
        this.writer = writer;
        ALL.put(name, this);
    }

    private static <E extends Enum<E>> Setting<E> choice(String name, E defaultValue) {
        return new Setting<>(
                name,
                name,
                () -> defaultValue,
                text -> parse(name, defaultValue.getDeclaringClass(), text),
                Setting::lower);
    }

    private static <V> Setting<Optional<V>> optional(
            String name, Function<String, V> reader, Function<V, String> writer) {
        return new Setting<>(
                name,
                name,
                Optional::empty,
                text -> Optional.of(reader.apply(text)),
                value -> value.map(writer).orElse(""));
    }

    private static Setting<String> text(String name, Supplier<String> defaultValue, Function<String, String> reader) {
        return new Setting<>(name, name, defaultValue, reader, Function.identity());
    }

    private static Setting<String> secret(String name) {
        return text(name, () -> "", text -> {
            throw new IllegalArgumentException("The keychain stores " + name);
        });
    }

    /** Returns all settings in the order of their declaration. */
    public static Collection<Setting<?>> all() {
        return Collections.unmodifiableCollection(ALL.values());
    }

    /**
     * Returns the setting with this name.
     *
     * @throws ProblemException if no setting has this name; the message lists all names
     */
    public static Setting<?> named(String name) {
        Setting<?> setting = ALL.get(name);
        if (setting == null) {
            throw new ProblemException("settings.key", name, String.join(", ", ALL.keySet()));
        }
        return setting;
    }

    public String name() {
        return name;
    }

    /** Returns whether the keychain stores the value instead of the settings file. */
    public boolean isSecret() {
        return this == SYNC_S3_SECRET_KEY || this == SYNC_PASSPHRASE;
    }

    /** Returns the text form of a value, for commands and the settings file. */
    public String text(T value) {
        return writer.apply(value);
    }

    /** @throws ProblemException if the text is not an allowed value; the message names the allowed values */
    String canonical(String text) {
        return writer.apply(reader.apply(text));
    }

    /** Returns the value in these stored settings, or the default value. */
    T in(Map<String, String> stored) {
        String text = stored.get(storedAs);
        return text == null || isSecret() ? usual.get() : reader.apply(text);
    }

    String textIn(Map<String, String> stored) {
        return writer.apply(in(stored));
    }

    private static <E extends Enum<E>> E parse(String name, Class<E> type, String text) {
        E[] all = type.getEnumConstants();
        return Arrays.stream(all)
                .filter(value -> lower(value).equals(text))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        "settings.choice",
                        name,
                        Arrays.stream(all).map(Setting::lower).collect(Collectors.joining(", ")),
                        text));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return name;
    }
}
