package dev.tidemark.app.cli;

import dev.tidemark.app.model.DuplicateLists;
import dev.tidemark.app.model.TransactionRunner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Joins the lists of one name: moves their items to the oldest and deletes the others, on all devices. */
@Command(name = "join")
final class JoinCommand extends Subcommand implements Runnable {
    @Parameters(paramLabel = "LIST", descriptionKey = "conflicts.list")
    private String name = "";

    @Override
    public void run() {
        DuplicateLists lists = DuplicateLists.of(database(), name);
        lists.join(TransactionRunner.of(database(), context().clock()));
        if (isJson()) {
            output().json(
                            "id",
                            lists.oldest().id().toString(),
                            "deleted",
                            lists.others().size(),
                            "items",
                            lists.moved());
        } else {
            message("conflicts.joined", lists.others().size() + 1, lists.moved());
        }
    }
}
