package dev.tidemark.app.cli;

import dev.tidemark.app.backup.Backup;
import dev.tidemark.app.backup.Backups;
import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.format.TerminalSanitizer;
import dev.tidemark.app.model.ItemJson;
import dev.tidemark.app.remote.RemoteConfig;
import dev.tidemark.app.repair.Doctor;
import dev.tidemark.app.repair.LibraryRebuild;
import dev.tidemark.app.repair.LibraryRepair;
import dev.tidemark.app.repair.RebuildText;
import dev.tidemark.engine.changelog.Maintenance;
import dev.tidemark.engine.problem.StorageException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Diagnoses the profile, and applies the remedies that lose nothing. */
@Command(name = "doctor")
final class DoctorCommand extends Subcommand implements Callable<Integer> {
    @Option(names = "--repair", descriptionKey = "doctor.repair")
    private boolean repair;

    /** What a remedy did; for JSON. */
    private record Done(@Nullable String action, @Nullable Path oldDatabase, Maintenance.@Nullable Rebuild rebuild) {
        static final Done NOTHING = new Done(null, null, null);
    }

    @Override
    public Integer call() {
        Doctor.Diagnosis found = diagnose();
        Done done = repair ? apply(found) : Done.NOTHING;
        Doctor.Diagnosis left = done.action() == null ? found : diagnose();
        if (isJson()) {
            output().json(fields(left, done));
        } else {
            if (done.action() != null) {
                output().line("");
            }
            print(left);
            if (!repair && left.remedy() != Doctor.Remedy.NOTHING) {
                message("doctor.next");
            }
        }
        return left.isHealthy() ? 0 : 1;
    }

    /** Opens the profile for this alone, because a remedy needs it closed. */
    private Doctor.Diagnosis diagnose() {
        try (AppContext context = AppContext.of(root().folders())) {
            Backups backups = new Backups(context.folders(), context.clock());
            return new Doctor(
                            backups, context::database, () -> context.settings().read(), () -> storage(context))
                    .diagnose();
        }
    }

    private static Doctor.Storage storage(AppContext context) {
        Optional<RemoteConfig> target = context.remote(context.settings().read());
        if (target.isEmpty()) {
            return new Doctor.Storage(false, null);
        }
        try {
            target.get().open().close();
            return new Doctor.Storage(true, null);
        } catch (StorageException e) {
            return new Doctor.Storage(true, e);
        }
    }

    private Done apply(Doctor.Diagnosis found) {
        return switch (found.remedy()) {
            case NOTHING -> Done.NOTHING;
            case REPAIR -> repair();
            case REBUILD -> rebuild(Objects.requireNonNull(found.plan()));
            case RESTORE -> restore(Objects.requireNonNull(found.backup()));
        };
    }

    private Done repair() {
        try (AppContext context = AppContext.of(root().folders())) {
            Backups backups = new Backups(context.folders(), context.clock());
            LibraryRepair.Outcome outcome = new LibraryRepair(backups, context.database())
                    .repair(LibraryRepair.Differences.RESTORED, share -> {});
            say("doctor.repaired");
            Backup backup = outcome.backup();
            Maintenance.RepairReport report = outcome.report();
            Path copy = backup != null ? backup.file() : report == null ? null : report.backup();
            if (copy != null) {
                say("repair.backup", TerminalSanitizer.line(copy.toString()));
            }
            return new Done("repair", copy, null);
        }
    }

    private Done rebuild(LibraryRebuild.Plan plan) {
        Backups backups = new Backups(root().folders(), context().clock());
        LibraryRebuild.Outcome outcome = backups.whileClosed(() -> new LibraryRebuild(backups).run(plan));
        if (!isJson()) {
            RebuildText.done(outcome).forEach(line -> output().line(TerminalSanitizer.line(line)));
        }
        return new Done("rebuild", outcome.oldDatabase(), outcome.rebuild());
    }

    private Done restore(Backup backup) {
        Backups.Restored restored = new Backups(root().folders(), context().clock()).restore(backup);
        say(
                "recover.done",
                backup.name(),
                TerminalSanitizer.line(restored.aside().toString()));
        if (!isJson()) {
            RebuildText.missingAttachments(restored.missingAttachments()).forEach(output()::line);
        }
        return new Done("restore", restored.aside(), null);
    }

    private void say(String key, @Nullable Object... arguments) {
        if (!isJson()) {
            message(key, arguments);
        }
    }

    private void print(Doctor.Diagnosis diagnosis) {
        for (Doctor.Finding each : diagnosis.findings()) {
            message(
                    "doctor.line",
                    padded("doctor.state." + Output.name(each.state()), 8),
                    padded("doctor.part." + Output.name(each.part()), 12),
                    TerminalSanitizer.line(each.sentence()));
        }
    }

    private static String padded(String key, int width) {
        String text = CliMessages.get(key);
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static Map<String, @Nullable Object> fields(Doctor.Diagnosis diagnosis, Done done) {
        LibraryRebuild.Plan plan = diagnosis.plan();
        Maintenance.Rebuild rebuild = done.rebuild() != null ? done.rebuild() : plan == null ? null : plan.rebuild();
        Path aside = done.oldDatabase();
        return ItemJson.object(
                "healthy", diagnosis.isHealthy(),
                "findings",
                        diagnosis.findings().stream()
                                .map(each -> ItemJson.object(
                                        "part", Output.name(each.part()),
                                        "state", Output.name(each.state()),
                                        "text", each.sentence()))
                                .toList(),
                "remedy", Output.name(diagnosis.remedy()),
                "done", done.action(),
                "kept", aside == null ? null : aside.toString(),
                "rebuild", rebuild == null ? null : fields(rebuild));
    }

    private static Map<String, @Nullable Object> fields(Maintenance.Rebuild rebuild) {
        return ItemJson.object(
                "recovered", rebuild.recovered(),
                "reissued", rebuild.reissued(),
                "complete", rebuild.isComplete(),
                "counted", rebuild.isCounted(),
                "unreadPages", rebuild.unreadPages(),
                "missing",
                        rebuild.missing().stream()
                                .map(each -> ItemJson.object(
                                        "replica", each.replica().toString(),
                                        "device", each.device(),
                                        "first", each.first(),
                                        "last", each.last(),
                                        "mayBeInStorage", each.mayBeInStorage()))
                                .toList());
    }
}
