package dev.tidemark.app.cli;

import dev.tidemark.app.model.Attachment;
import dev.tidemark.app.model.ItemLookup;
import dev.tidemark.engine.Database;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists an item's attachments. */
@Command(name = "attachments")
final class AttachmentsCommand implements Runnable {
    private final TidemarkCommand root;

    @Parameters(paramLabel = "ID", descriptionKey = "id")
    private String id = "";

    AttachmentsCommand(TidemarkCommand root) {
        this.root = root;
    }

    @Override
    public void run() {
        Database database = root.composition().database();
        UUID item = database.read(reader -> ItemLookup.find(reader, id));
        AttachmentPrinter printer = new AttachmentPrinter(root);
        database.list(Attachment.of(item)).forEach(printer::print);
    }
}
