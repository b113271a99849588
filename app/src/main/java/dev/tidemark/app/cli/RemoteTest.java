package dev.tidemark.app.cli;

import dev.tidemark.app.model.Sentences;
import dev.tidemark.app.remote.ConfiguredRemote;
import dev.tidemark.app.remote.RemotePlaces;
import dev.tidemark.app.settings.Settings;
import dev.tidemark.engine.storage.StorageException;
import dev.tidemark.engine.storage.StorageProbe;
import dev.tidemark.engine.storage.StorageSetting;
import dev.tidemark.engine.storage.StorageUrl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tries a storage out and says how each step went. */
final class RemoteTest {
    private final TidemarkCommand root;

    RemoteTest(TidemarkCommand root) {
        this.root = root;
    }

    /** @return the exit code */
    int run(StorageUrl place, Settings settings) {
        StorageProbe.Report report = StorageProbe.test(
                () -> RemotePlaces.openForTest(
                        place, settings, root.composition().secrets()),
                root.json() ? step -> {} : this::print);
        if (root.json()) {
            root.output().json(fields(place, report, warnings(place, settings, report)));
        } else {
            report.suggestion()
                    .ifPresent(region -> root.output().line(Texts.get("remote.test.region", PlainText.line(region))));
            warnings(place, settings, report)
                    .forEach(warning -> root.output().line(PlainText.line(Sentences.of(warning))));
            root.output().line(Texts.get(report.isUsable() ? "remote.test.usable" : "remote.test.unusable"));
        }
        return report.isUsable() ? 0 : 1;
    }

    private void print(StorageProbe.StepResult step) {
        String name = Texts.get("remote.test." + lower(step.step()));
        String outcome = Texts.get("remote.test." + lower(step.outcome()));
        String reason = step.trouble() == null ? "" : " " + PlainText.line(Sentences.of(step.trouble()));
        root.output()
                .line(Texts.get("remote.test.step", name, outcome, step.took().toMillis()) + reason);
        root.output().flush();
    }

    /** What a person should mend though the storage can be used. */
    private List<StorageException> warnings(StorageUrl place, Settings settings, StorageProbe.Report report) {
        List<StorageException> warnings = new ArrayList<>();
        boolean isEncrypted =
                ConfiguredRemote.isEncrypted(settings, root.composition().secrets());
        ConfiguredRemote.readableOnTheWay(place, isEncrypted).ifPresent(warnings::add);
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
                        .map(RemoteTest::settingName)
                        .orElse(null));
        fields.put("suggestion", report.suggestion().orElse(null));
        fields.put("warning", sentences(warnings));
        fields.put("steps", report.steps().stream().map(RemoteTest::fields).toList());
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
        fields.put("reason", step.trouble() == null ? null : step.trouble().getMessage());
        return fields;
    }

    private static String settingName(StorageSetting setting) {
        return lower(setting);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
