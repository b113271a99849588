package dev.tidemark.app.cli;

import dev.tidemark.app.format.TerminalSanitizer;
import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.app.model.ItemJson;
import dev.tidemark.app.remote.RemoteConfig;
import dev.tidemark.app.remote.RemoteStorageFactory;
import dev.tidemark.app.settings.Settings;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.storage.StorageProbe;
import dev.tidemark.engine.storage.StorageUrl;
import java.util.ArrayList;
import java.util.List;
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
    int run(StorageUrl url, Settings settings) {
        StorageProbe.Report report = StorageProbe.test(
                () -> RemoteStorageFactory.openForTest(
                        url, settings, root.composition().secrets()),
                root.json() ? step -> {} : this::print);
        if (root.json()) {
            root.output().json(fields(url, report, warnings(url, settings, report)));
        } else {
            report.suggestion()
                    .ifPresent(region -> root.output().message("remote.test.region", TerminalSanitizer.line(region)));
            warnings(url, settings, report)
                    .forEach(warning -> root.output().line(TerminalSanitizer.line(ErrorMessages.of(warning))));
            root.output().message(report.isUsable() ? "remote.test.usable" : "remote.test.unusable");
        }
        return report.isUsable() ? 0 : 1;
    }

    private void print(StorageProbe.StepResult step) {
        String name = CliMessages.get("remote.test." + Output.name(step.step()));
        String outcome = CliMessages.get("remote.test." + Output.name(step.outcome()));
        String reason = step.error() == null ? "" : " " + TerminalSanitizer.line(ErrorMessages.of(step.error()));
        root.output()
                .line(CliMessages.get(
                                "remote.test.step", name, outcome, step.took().toMillis())
                        + reason);
        root.output().flush();
    }

    private List<StorageException> warnings(StorageUrl url, Settings settings, StorageProbe.Report report) {
        List<StorageException> warnings = new ArrayList<>();
        boolean isEncrypted =
                RemoteConfig.isEncrypted(settings, root.composition().secrets());
        RemoteConfig.transportWarning(url, isEncrypted).ifPresent(warnings::add);
        if (report.warning() != null) {
            warnings.add(report.warning());
        }
        return warnings;
    }

    private static Map<String, @Nullable Object> fields(
            StorageUrl url, StorageProbe.Report report, List<StorageException> warnings) {
        return ItemJson.object(
                "url", url.text(),
                "usable", report.isUsable(),
                "setting",
                        report.failure()
                                .flatMap(StorageProbe.StepResult::setting)
                                .map(Output::name)
                                .orElse(null),
                "suggestion", report.suggestion().orElse(null),
                "warning", sentences(warnings),
                "steps", report.steps().stream().map(StorageCheck::fields).toList());
    }

    private static @Nullable String sentences(List<StorageException> warnings) {
        return warnings.isEmpty()
                ? null
                : warnings.stream().map(StorageException::getMessage).collect(Collectors.joining(" "));
    }

    private static Map<String, @Nullable Object> fields(StorageProbe.StepResult step) {
        return ItemJson.object(
                "step", Output.name(step.step()),
                "outcome", Output.name(step.outcome()),
                "millis", step.took().toMillis(),
                "reason", step.error() == null ? null : step.error().getMessage());
    }
}
