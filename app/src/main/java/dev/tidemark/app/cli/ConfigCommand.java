package dev.tidemark.app.cli;

import dev.tidemark.app.format.TerminalSanitizer;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.remote.RemoteConfig;
import dev.tidemark.app.secrets.Secret;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads and changes settings. An open window applies changes at once. */
@Command(name = "config")
final class ConfigCommand implements Runnable {
    /** The settings that decide whether the network can read the traffic. */
    private static final Set<Setting<?>> DECIDING =
            Set.of(Setting.SYNC_URL, Setting.SYNC_TARGET, Setting.SYNC_ENCRYPTION);

    private final TidemarkCommand root;

    @Spec
    private @Nullable CommandSpec spec;

    ConfigCommand(TidemarkCommand root) {
        this.root = root;
    }

    @Override
    public void run() {
        if (spec == null) {
            throw new IllegalStateException("Picocli sets the specification");
        }
        throw new ParameterException(spec.commandLine(), CliMessages.get("usage.noCommand"));
    }

    @Command(name = "get")
    void get(@Parameters(paramLabel = "KEY", descriptionKey = "config.key") String key) {
        Setting<?> known = Setting.named(key);
        String value = value(root.composition().settings().read(), known);
        if (root.json()) {
            json(known, value);
        } else if (!known.isSecret() || !value.isEmpty()) {
            root.output().line(TerminalSanitizer.line(value));
        }
    }

    /** The value as text. Of a secret: only whether it is set. Of encryption: the effective mode. */
    private String value(Settings settings, Setting<?> key) {
        if (key == Setting.SYNC_ENCRYPTION
                && RemoteConfig.isEncrypted(settings, root.composition().secrets())) {
            return "age";
        }
        if (!key.isSecret()) {
            return settings.text(key);
        }
        return Secret.named(key.name())
                .filter(root.composition().secrets()::isSet)
                .map(secret -> "set")
                .orElse("");
    }

    @Command(name = "set")
    void set(
            @Parameters(paramLabel = "KEY", descriptionKey = "config.key") String key,
            @Parameters(paramLabel = "VALUE", descriptionKey = "config.value") String value) {
        Setting<?> known = Setting.named(key);
        Settings changed =
                known.isSecret() ? setSecret(known, value) : root.composition().set(known, value);
        if (root.json()) {
            json(known, value(changed, known));
        }
        if (DECIDING.contains(known)) {
            root.composition().remote(changed).ifPresent(remote -> OpenRemote.warnOfReaders(root, remote));
        }
    }

    private Settings setSecret(Setting<?> key, String value) {
        Secret secret = Secret.named(key.name()).orElseThrow();
        if (value.equals("none")) {
            root.composition().setSecret(secret, null);
        } else if (ItemArguments.isStandardInput(value)) {
            SecretInput input = SecretInput.of(root.terminal());
            char[] given = secret == Secret.PASSPHRASE ? input.readTwice(key.name()) : input.read(key.name());
            root.composition().setSecret(secret, given);
        } else {
            throw new ProblemException("secret.argument", key.name());
        }
        return root.composition().settings().read();
    }

    @Command(name = "list")
    void list() {
        Settings settings = root.composition().settings().read();
        for (Setting<?> key : Setting.all()) {
            String value = value(settings, key);
            if (root.json()) {
                json(key, value);
            } else {
                root.output().line(key.name() + " = " + TerminalSanitizer.line(value));
            }
        }
    }

    private void json(Setting<?> key, String value) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("key", key.name());
        fields.put("value", value.isEmpty() ? null : value);
        root.output().json(fields);
    }
}
