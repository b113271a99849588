package dev.tidemark.app.cli;

import dev.tidemark.app.format.TerminalSanitizer;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.remote.RemoteConfig;
import dev.tidemark.app.secrets.Secret;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.Settings;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Reads and changes settings. An open window applies changes at once. */
@Command(name = "config")
final class ConfigCommand extends Subcommand.Group {
    /** The settings that decide whether the network can read the traffic. */
    private static final Set<Setting<?>> DECIDING =
            Set.of(Setting.SYNC_URL, Setting.SYNC_TARGET, Setting.SYNC_ENCRYPTION);

    @Command(name = "get")
    void get(@Parameters(paramLabel = "KEY", descriptionKey = "config.key") String key) {
        Setting<?> known = Setting.named(key);
        String value = value(context().settings().read(), known);
        if (isJson()) {
            json(known, value);
        } else if (!known.isSecret() || !value.isEmpty()) {
            output().line(TerminalSanitizer.line(value));
        }
    }

    /**
     * Returns the value as text. For a secret, returns only whether it is set. For encryption, returns the mode in use.
     */
    private String value(Settings settings, Setting<?> key) {
        if (key == Setting.SYNC_ENCRYPTION
                && RemoteConfig.isEncrypted(settings, context().secrets())) {
            return "age";
        }
        if (!key.isSecret()) {
            return settings.text(key);
        }
        return Secret.named(key.name())
                .filter(context().secrets()::isSet)
                .map(secret -> "set")
                .orElse("");
    }

    @Command(name = "set")
    void set(
            @Parameters(paramLabel = "KEY", descriptionKey = "config.key") String key,
            @Parameters(paramLabel = "VALUE", descriptionKey = "config.value") String value) {
        Setting<?> known = Setting.named(key);
        Settings changed =
                known.isSecret() ? setSecret(known, value) : context().set(known, value);
        if (isJson()) {
            json(known, value(changed, known));
        }
        if (DECIDING.contains(known)) {
            context().remote(changed).ifPresent(remote -> OpenRemote.warnOfReaders(root(), remote));
        }
    }

    private Settings setSecret(Setting<?> key, String value) {
        Secret secret = Secret.named(key.name()).orElseThrow();
        if (value.equals("none")) {
            context().setSecret(secret, null);
        } else if (ItemArguments.isStandardInput(value)) {
            SecretInput input = SecretInput.of(root().terminal());
            char[] given = secret == Secret.PASSPHRASE ? input.readTwice(key.name()) : input.read(key.name());
            context().setSecret(secret, given);
        } else {
            throw new ProblemException("secret.argument", key.name());
        }
        return context().settings().read();
    }

    @Command(name = "list")
    void list() {
        Settings settings = context().settings().read();
        for (Setting<?> key : Setting.all()) {
            String value = value(settings, key);
            if (isJson()) {
                json(key, value);
            } else {
                output().line(key.name() + " = " + TerminalSanitizer.line(value));
            }
        }
    }

    private void json(Setting<?> key, String value) {
        output().json("key", key.name(), "value", value.isEmpty() ? null : value);
    }
}
