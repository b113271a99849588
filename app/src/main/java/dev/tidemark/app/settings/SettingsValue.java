package dev.tidemark.app.settings;

import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.engine.storage.StorageException;
import dev.tidemark.engine.storage.StorageUrl;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the values of settings, and refuses with a sentence what is not allowed. */
final class SettingsValue {
    private static final Pattern INTERVAL = Pattern.compile("(\\d{1,6})\\s*([smh]?)");
    private static final long LONGEST = Duration.ofDays(1).toSeconds();
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_KEY = 256;
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private SettingsValue() {}

    /** The one form in which the value is kept. */
    static String canonical(SettingsKey key, String value) {
        return switch (key) {
            case SYNC_TARGET -> lower(choice(SyncTarget.class, key, value));
            case THEME -> lower(choice(Theme.class, key, value));
            case CONTRAST -> lower(choice(Contrast.class, key, value));
            case TEXT_SIZE -> lower(choice(TextSize.class, key, value));
            case MOTION -> lower(choice(Motion.class, key, value));
            case LANGUAGE -> lower(choice(Language.class, key, value));
            case START_VIEW -> lower(choice(StartView.class, key, value));
            case WINDOW_CLOSE -> lower(choice(CloseBehavior.class, key, value));
            case UPDATES_CHECK -> lower(choice(UpdateCheck.class, key, value));
            case UPDATES_URL -> announcements(value).toString();
            case SYNC_INTERVAL -> Long.toString(interval(value).toSeconds());
            case DEVICE_NAME -> deviceName(value);
            case SYNC_URL -> url(value).text();
            case SYNC_FOLDER -> folderUrl(value).text();
            case SYNC_S3_ACCESS_KEY -> accessKey(value);
            case SYNC_S3_PATH_STYLE, SYNC_S3_COMPATIBILITY -> lower(choice(TriState.class, key, value));
            case SYNC_ENCRYPTION -> lower(choice(EncryptionMode.class, key, value));
            case SYNC_S3_SECRET_KEY, SYNC_PASSPHRASE ->
                throw new IllegalArgumentException(key.text() + " is kept where secrets are kept");
        };
    }

    static <E extends Enum<E>> E choice(Class<E> type, SettingsKey key, String value) {
        E[] all = type.getEnumConstants();
        return Arrays.stream(all)
                .filter(one -> lower(one).equals(value))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        "settings.choice",
                        key.text(),
                        Arrays.stream(all).map(SettingsValue::lower).collect(Collectors.joining(", ")),
                        value));
    }

    /** Seconds, or a number with s, m or h. */
    static Duration interval(String value) {
        Matcher form = INTERVAL.matcher(value);
        if (!form.matches()) {
            throw new ProblemException("settings.interval", value);
        }
        long factor = switch (form.group(2)) {
            case "m" -> 60;
            case "h" -> 3600;
            default -> 1;
        };
        long seconds = Long.parseLong(form.group(1)) * factor;
        if (seconds < 1 || seconds > LONGEST) {
            throw new ProblemException("settings.interval", value);
        }
        return Duration.ofSeconds(seconds);
    }

    /** The address of a folder or a bucket. */
    static StorageUrl url(String value) {
        try {
            return StorageUrl.parse(value);
        } catch (StorageException e) {
            throw new ProblemException(e, "settings.url", ErrorMessages.of(e));
        }
    }

    /** An address that nobody on the way can answer for; of this machine, any. */
    static URI announcements(String value) {
        try {
            URI address = new URI(value.strip());
            String host = address.getHost();
            boolean safe = "https".equals(address.getScheme())
                    || ("http".equals(address.getScheme()) && host != null && THIS_MACHINE.contains(host));
            if (safe && host != null && address.getRawUserInfo() == null) {
                return address;
            }
        } catch (URISyntaxException e) {
            throw new ProblemException(e, "settings.updates", value);
        }
        throw new ProblemException("settings.updates", value);
    }

    static StorageUrl folderUrl(String value) {
        try {
            if (!value.isBlank()) {
                return StorageUrl.folder(value);
            }
        } catch (StorageException e) {
            throw new ProblemException(e, "folder.missing", value);
        }
        throw new ProblemException("folder.missing", value);
    }

    /** What kind of target an address is one of. */
    static SyncTarget targetOf(StorageUrl url) {
        return switch (url) {
            case StorageUrl.Folder folder -> SyncTarget.FOLDER;
            case StorageUrl.Bucket bucket -> SyncTarget.S3;
        };
    }

    private static String accessKey(String value) {
        String key = value.strip();
        boolean plain = key.codePoints().allMatch(character -> character > ' ' && character < 0x7f);
        if (key.isEmpty() || key.length() > LONGEST_KEY || !plain) {
            throw new ProblemException("settings.accessKey");
        }
        return key;
    }

    /** @throws ProblemException if it is not a folder that can be read and written */
    static void requireFolder(Path folder) {
        if (!Files.exists(folder)) {
            throw new ProblemException("folder.missing", folder);
        }
        if (!Files.isDirectory(folder)) {
            throw new ProblemException("folder.file", folder);
        }
        if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
            throw new ProblemException("folder.unreadable", folder);
        }
        if (!Files.isWritable(folder)) {
            throw new ProblemException("folder.readonly", folder);
        }
    }

    private static String deviceName(String value) {
        String name = value.strip();
        boolean plain = name.codePoints().noneMatch(Character::isISOControl);
        if (name.isEmpty() || name.length() > LONGEST_NAME || !plain) {
            throw new ProblemException("settings.name", LONGEST_NAME);
        }
        return name;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
