package dev.tidemark.app.settings;

import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.storage.StorageUrl;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the values of settings. For an invalid value, throws a {@link ProblemException} that says what is allowed. */
final class SettingsValue {
    private static final Pattern INTERVAL = Pattern.compile("(\\d{1,6})\\s*([smh]?)");
    private static final long MAX_LENGTH = Duration.ofDays(1).toSeconds();
    private static final int MAX_NAME_LENGTH = 100;
    private static final int MAX_KEY_LENGTH = 256;
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private SettingsValue() {}

    /** Parses an interval: a number of seconds, or a number with the unit s, m or h. */
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
        if (seconds < 1 || seconds > MAX_LENGTH) {
            throw new ProblemException("settings.interval", value);
        }
        return Duration.ofSeconds(seconds);
    }

    static StorageUrl url(String value) {
        try {
            return StorageUrl.parse(value);
        } catch (StorageException e) {
            throw new ProblemException(e, "settings.url", ErrorMessages.of(e));
        }
    }

    /**
     * Parses the address of release announcements. Requires HTTPS unless the address is on this machine, because an
     * attacker in the network could forge an announcement over HTTP.
     */
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

    static String accessKey(String value) {
        String key = value.strip();
        boolean plain = key.codePoints().allMatch(character -> character > ' ' && character < 0x7f);
        if (key.isEmpty() || key.length() > MAX_KEY_LENGTH || !plain) {
            throw new ProblemException("settings.accessKey");
        }
        return key;
    }

    /** @throws ProblemException if the folder does not exist or cannot be read and written */
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

    static String deviceName(String value) {
        String name = value.strip();
        boolean plain = name.codePoints().noneMatch(Character::isISOControl);
        if (name.isEmpty() || name.length() > MAX_NAME_LENGTH || !plain) {
            throw new ProblemException("settings.name", MAX_NAME_LENGTH);
        }
        return name;
    }
}
