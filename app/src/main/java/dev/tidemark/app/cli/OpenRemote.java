package dev.tidemark.app.cli;

import dev.tidemark.app.launcher.Composition;
import dev.tidemark.app.model.Sentences;
import dev.tidemark.app.remote.ConfiguredRemote;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.RemoteLibrary;
import java.time.InstantSource;
import java.util.function.Function;

/** Opens the library in the storage that the settings name, for as long as a command needs it. */
final class OpenRemote {
    private OpenRemote() {}

    /** Says beside the output that others can read along on the way, if they can. */
    static void warnOfReaders(TidemarkCommand root, ConfiguredRemote remote) {
        remote.readableOnTheWay()
                .ifPresent(warning -> root.terminal().errors().println(PlainText.line(Sentences.of(warning))));
    }

    static <T> T with(TidemarkCommand root, Function<RemoteLibrary, T> work) {
        Composition composition = root.composition();
        ConfiguredRemote remote = composition.requireRemote();
        RecoveryCodes.showIn(root);
        warnOfReaders(root, remote);
        try (RemoteStorage storage = remote.open()) {
            return work.apply(RemoteLibrary.open(
                    composition.database(),
                    storage,
                    Composition.program(),
                    InstantSource.system(),
                    remote.encryption()));
        }
    }
}
