package dev.tidemark.app.cli;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.blob.BlobId;
import java.nio.file.Path;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Attaches a file to an item, and prints the attachment's id. */
@Command(name = "attach")
final class AttachCommand extends Subcommand implements Runnable {
    @Parameters(paramLabel = "ID", descriptionKey = "id")
    private String id = "";

    @Parameters(paramLabel = "FILE", descriptionKey = "attach.file")
    private String file = "";

    @Option(names = "--name", paramLabel = "NAME", descriptionKey = "attach.name")
    private @Nullable String name;

    @Override
    public void run() {
        Database database = database();
        // Looks up the item before reading the file, so that an unknown id fails at once.
        UUID item = item(id);
        boolean isInput = ItemArguments.isStandardInput(file);
        BlobId content = isInput
                ? database.blobs().add(root().terminal().input())
                : database.blobs().add(Path.of(file));
        String called = name != null ? name : isInput ? "" : fileName();
        UUID attachment = items().inTransaction(writer ->
                writer.attach(item, called, content, database.blobs().size(content)));
        new AttachmentPrinter(root()).added(attachment);
    }

    private String fileName() {
        return Objects.toString(Path.of(file).toAbsolutePath().normalize().getFileName(), "");
    }
}
