package dev.tidemark.app.settings;

import dev.tidemark.app.model.ProblemException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The settings that there are. */
public enum SettingsKey {
    /** {@code off}, {@code folder} or {@code s3}. */
    SYNC_TARGET("sync.target"),
    /** The folder, as an absolute path; another form of {@link #SYNC_URL}. */
    SYNC_FOLDER("sync.folder"),
    /** Where to sync through: {@code file:///…} or {@code s3://…}. */
    SYNC_URL("sync.url"),
    /** The name of the key pair that a bucket is opened with. */
    SYNC_S3_ACCESS_KEY("sync.s3.access-key"),
    /** The secret half of that pair. */
    SYNC_S3_SECRET_KEY("sync.s3.secret-key"),
    /** Whether the bucket stands in the path of addresses: {@code auto}, {@code true} or {@code false}. */
    SYNC_S3_PATH_STYLE("sync.s3.path-style"),
    /** Whether newer parts of S3 are left out: {@code auto}, {@code true} or {@code false}. */
    SYNC_S3_COMPATIBILITY("sync.s3.compatibility"),
    /** {@code none} or {@code age}. */
    SYNC_ENCRYPTION("sync.encryption"),
    /** What the key of an encrypted library is sealed with. */
    SYNC_PASSPHRASE("sync.passphrase"),
    /** Seconds between two syncs while nothing happens. */
    SYNC_INTERVAL("sync.interval"),
    /** What other devices call this one. */
    DEVICE_NAME("device.name"),
    /** {@code light}, {@code dark} or {@code system}. */
    THEME("theme"),
    /** {@code normal}, {@code high} or {@code system}. */
    CONTRAST("contrast"),
    /** {@code normal}, {@code large} or {@code largest}. */
    TEXT_SIZE("text.size"),
    /** {@code full}, {@code reduced} or {@code system}. */
    MOTION("motion"),
    /** {@code system}, {@code en} or {@code de}; read at the start only. */
    LANGUAGE("language"),
    /** {@code last}, {@code inbox} or {@code today}. */
    START_VIEW("start.view"),
    /** {@code quit} or {@code background}. */
    WINDOW_CLOSE("window.close"),
    /** {@code off} or {@code daily}. */
    UPDATES_CHECK("updates.check"),
    /** Where new versions are announced. */
    UPDATES_URL("updates.url");

    private final String text;

    SettingsKey(String text) {
        this.text = text;
    }

    /** The form for commands and in the file. */
    public String text() {
        return text;
    }

    /** Whether the value is kept where secrets are kept, and never shown. */
    public boolean isSecret() {
        return this == SYNC_S3_SECRET_KEY || this == SYNC_PASSPHRASE;
    }

    /**
     * Reads that form.
     *
     * @throws ProblemException that names all keys, if there is no such key
     */
    public static SettingsKey parse(String text) {
        return Arrays.stream(values())
                .filter(key -> key.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new ProblemException("settings.key", text, all()));
    }

    private static String all() {
        return Arrays.stream(values()).map(SettingsKey::text).collect(Collectors.joining(", "));
    }
}
