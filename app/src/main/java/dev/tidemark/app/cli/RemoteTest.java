package dev.tidemark.app.cli;

import dev.tidemark.app.model.Sentences;
import dev.tidemark.app.remote.RemotePlaces;
import dev.tidemark.app.settings.Settings;
import dev.tidemark.engine.storage.StorageProbe;
import dev.tidemark.engine.storage.StorageSetting;
import dev.tidemark.engine.storage.StorageUrl;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
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
            root.output().json(fields(place, report));
        } else {
            report.suggestion()
                    .ifPresent(region -> root.output().line(Texts.get("remote.test.region", PlainText.line(region))));
            if (report.warning() != null) {
                root.output().line(PlainText.line(Sentences.of(report.warning())));
            }
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

    private static Map<String, @Nullable Object> fields(StorageUrl place, StorageProbe.Report report) {
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
        fields.put("warning", report.warning() == null ? null : report.warning().getMessage());
        fields.put("steps", report.steps().stream().map(RemoteTest::fields).toList());
        return fields;
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
