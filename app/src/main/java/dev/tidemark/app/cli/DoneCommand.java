package dev.tidemark.app.cli;

import dev.tidemark.app.model.ItemWriter;
import dev.tidemark.app.model.ProblemException;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Completes or reopens a todo. */
@Command(name = "done")
final class DoneCommand extends ChangeCommand {
    @Option(names = "--undo")
    private boolean undo;

    @Override
    void change(ItemWriter writer, UUID item) {
        if (!undo && writer.isNote(item)) {
            throw new ProblemException("item.note", id());
        }
        writer.setDone(item, !undo);
    }
}
