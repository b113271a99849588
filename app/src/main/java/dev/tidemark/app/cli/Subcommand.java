package dev.tidemark.app.cli;

import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.model.ItemLookup;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.TransactionRunner;
import dev.tidemark.engine.Database;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Base class of the commands. Gives them the services of the program, looks up items and prints output. */
abstract class Subcommand {
    @Spec
    private @Nullable CommandSpec spec;

    /** A command that only groups subcommands. A call without a subcommand is a usage error. */
    abstract static class Group extends Subcommand implements Runnable {
        @Override
        public void run() {
            throw usageError("usage.noCommand");
        }
    }

    final CommandSpec spec() {
        return Objects.requireNonNull(spec, "Picocli sets it");
    }

    final TidemarkCommand root() {
        return (TidemarkCommand) spec().root().userObject();
    }

    final AppContext context() {
        return root().composition();
    }

    final Database database() {
        return context().database();
    }

    /** Returns the operations on items, without support for undo. */
    final Items items() {
        return new Items(TransactionRunner.of(database(), context().clock()));
    }

    /** Returns the id that begins with this text. */
    final UUID item(String start) {
        return database().read(reader -> ItemLookup.find(reader, start));
    }

    final boolean isJson() {
        return root().json();
    }

    Output output() {
        return root().output();
    }

    final void message(String key, @Nullable Object... arguments) {
        output().message(key, arguments);
    }

    final ParameterException usageError(String key, @Nullable Object... arguments) {
        return new ParameterException(spec().commandLine(), CliMessages.get(key, arguments));
    }
}
