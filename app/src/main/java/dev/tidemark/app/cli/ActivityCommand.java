package dev.tidemark.app.cli;

import dev.tidemark.app.activity.RunText;
import dev.tidemark.app.format.TerminalSanitizer;
import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.app.model.ItemJson;
import dev.tidemark.engine.problem.TidemarkException;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.sync.SyncActivity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the sync activity of this device. Sends no requests to the storage. */
@Command(name = "activity")
final class ActivityCommand extends Subcommand implements Runnable {
    @Option(names = "--limit", paramLabel = "NUMBER", descriptionKey = "activity.limit")
    private int limit = 50;

    @Override
    public void run() {
        if (limit < 1) {
            throw usageError("activity.limit.invalid", limit);
        }
        for (SyncActivity.Run run : RemoteLibrary.activity(database(), limit).runs()) {
            if (isJson()) {
                output().json(fields(run));
            } else {
                List<String> parts = new ArrayList<>(RunText.parts(run));
                String problem = RunText.problem(run);
                if (problem != null) {
                    parts.add(TerminalSanitizer.line(problem));
                }
                output().line(ItemPrinter.time(run.ended()) + "  " + String.join("; ", parts));
            }
        }
    }

    private static Map<String, @Nullable Object> fields(SyncActivity.Run run) {
        SyncActivity.Counts counts = run.counts();
        TidemarkException problem = run.problem();
        return ItemJson.object(
                "started", run.started().toString(),
                "ended", run.ended().toString(),
                "times", run.times(),
                "storage", run.location(),
                "pushed", counts.pushed(),
                "pulled", counts.pulled(),
                "conflicts", counts.conflicts(),
                "hidden", counts.hidden(),
                "waiting", counts.waiting(),
                "blocked", counts.blocked(),
                "quarantined", counts.quarantined(),
                "bytes", counts.bytes(),
                "problem", problem == null ? null : problem.code(),
                "reason", problem == null ? null : ErrorMessages.of(problem));
    }

    /** Returns the failed storage calls for the output of {@code status --json}. */
    static List<Map<String, @Nullable Object>> failures(SyncActivity activity) {
        List<Map<String, @Nullable Object>> failures = new ArrayList<>();
        activity.failures()
                .forEach(failure -> failures.add(ItemJson.object(
                        "call", failure.call(),
                        "problem", failure.code(),
                        "failures", failure.failures(),
                        "last", failure.last().toString())));
        return failures;
    }
}
