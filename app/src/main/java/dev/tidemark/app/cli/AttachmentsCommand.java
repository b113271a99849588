package dev.tidemark.app.cli;

import dev.tidemark.app.model.Attachment;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists an item's attachments. */
@Command(name = "attachments")
final class AttachmentsCommand extends Subcommand implements Runnable {
    @Parameters(paramLabel = "ID", descriptionKey = "id")
    private String id = "";

    @Override
    public void run() {
        UUID item = item(id);
        AttachmentPrinter printer = new AttachmentPrinter(root());
        database().list(Attachment.of(item)).forEach(printer::print);
    }
}
