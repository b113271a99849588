package dev.tidemark.app.cli;

import dev.tidemark.app.format.TerminalSanitizer;
import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.app.remote.RemoteConfig;
import dev.tidemark.app.remote.RemoteStorageFactory;
import dev.tidemark.app.settings.Settings;
import dev.tidemark.engine.storage.StorageException;
import dev.tidemark.engine.storage.StorageProbe;
import dev.tidemark.engine.storage.StorageUrl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tests a storage and prints the result of each step. */
final class StorageCheck {
    private final TidemarkCommand root;

    StorageCheck(TidemarkCommand root) {
        this.root = root;
    }

    /** @return the exit code */
    int run(StorageUrl place, Settings settings) {
        StorageProbe.Report report = StorageProbe.test(
                () -> RemoteStorageFactory.openForTest(
                        place, settings, root.composition().secrets()),
                root.json() ? step -> {} : this::print);
        if (root.json()) {
            root.output().json(fields(place, report, warnings(place, settings, report)));
        } else {
            report.suggestion()
                    .ifPresent(region ->
                            root.output().line(CliMessages.get("remote.test.region", TerminalSanitizer.line(region))));
            warnings(place, settings, report)
                    .forEach(warning -> root.output().line(TerminalSanitizer.line(ErrorMessages.of(warning))));
            root.output().line(CliMessages.get(report.isUsable() ? "remote.test.usable" : "remote.test.unusable"));
        }
        return report.isUsable() ? 0 : 1;
    }

    private void print(StorageProbe.StepResult step) {
        String name = CliMessages.get("remote.test." + lower(step.step()));
        String outcome = CliMessages.get("remote.test." + lower(step.outcome()));
        String reason = step.error() == null ? "" : " " + TerminalSanitizer.line(ErrorMessages.of(step.error()));
        root.output()
                .line(CliMessages.get(
                                "remote.test.step", name, outcome, step.took().toMillis())
                        + reason);
        root.output().flush();
    }

    /** The warnings about a usable storage. */
    private List<StorageException> warnings(StorageUrl place, Settings settings, StorageProbe.Report report) {
        List<StorageException> warnings = new ArrayList<>();
        boolean isEncrypted =
                RemoteConfig.isEncrypted(settings, root.composition().secrets());
        RemoteConfig.transportWarning(place, isEncrypted).ifPresent(warnings::add);
        if (report.warning() != null) {
            warnings.add(report.warning());
        }
        return warnings;
    }

    private static Map<String, @Nullable Object> fields(
            StorageUrl place, StorageProbe.Report report, List<StorageException> warnings) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("url", place.text());
        fields.put("usable", report.isUsable());
        fields.put(
                "setting",
                report.failure()
                        .flatMap(StorageProbe.StepResult::setting)
                        .map(StorageCheck::settingName)
                        .orElse(null));
        fields.put("suggestion", report.suggestion().orElse(null));
        fields.put("warning", sentences(warnings));
        fields.put("steps", report.steps().stream().map(StorageCheck::fields).toList());
        return fields;
    }

    private static @Nullable String sentences(List<StorageException> warnings) {
        return warnings.isEmpty()
                ? null
                : warnings.stream().map(StorageException::getMessage).collect(Collectors.joining(" "));
    }

    private static Map<String, @Nullable Object> fields(StorageProbe.StepResult step) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("step", lower(step.step()));
        fields.put("outcome", lower(step.outcome()));
        fields.put("millis", step.took().toMillis());
        fields.put("reason", step.error() == null ? null : step.error().getMessage());
        return fields;
    }

    private static String settingName(StorageProbe.Setting setting) {
        return lower(setting);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
