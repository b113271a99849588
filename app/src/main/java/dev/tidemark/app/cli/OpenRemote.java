package dev.tidemark.app.cli;

import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.app.remote.RemoteConfig;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.RemoteStorage;
import java.util.function.Function;

/** Opens the library in the configured storage for the duration of a command. */
final class OpenRemote {
    private OpenRemote() {}

    /** Warns on stderr if the network can read the traffic. */
    static void warnOfReaders(TidemarkCommand root, RemoteConfig remote) {
        remote.transportWarning().ifPresent(warning -> root.error(ErrorMessages.of(warning)));
    }

    static <T> T with(TidemarkCommand root, Function<RemoteLibrary, T> work) {
        AppContext composition = root.composition();
        RemoteConfig remote = composition.requireRemote();
        RecoveryCodePrinter.showIn(root);
        warnOfReaders(root, remote);
        try (RemoteStorage storage = remote.open()) {
            return work.apply(
                    RemoteLibrary.open(composition.database(), storage, AppContext.program(), composition.clock()));
        }
    }
}
