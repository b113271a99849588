package dev.tidemark.app.cli;

import dev.tidemark.app.format.TerminalSanitizer;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Deletes an item permanently. */
@Command(name = "purge")
final class PurgeCommand extends Subcommand implements Runnable {
    @Parameters(paramLabel = "ID", descriptionKey = "id")
    private String id = "";

    @Override
    public void run() {
        UUID item = item(id);
        items().purge(item);
        root().erase();
        Set<String> waiting = context().purges().waiting().keySet();
        if (isJson()) {
            output().json("id", item.toString(), "waiting", List.copyOf(waiting));
        } else {
            if (!waiting.isEmpty()) {
                output().line(TerminalSanitizer.line(CliMessages.get("purge.waiting", String.join(", ", waiting))));
            }
            message(context().purges().items() > 0 ? "purge.stays" : "purge.erased");
        }
        output().flush();
    }
}
