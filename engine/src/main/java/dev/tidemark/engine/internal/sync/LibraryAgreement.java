package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.internal.sync.RemoteNames.LibraryName;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import dev.tidemark.engine.sync.SyncOptions;
import java.util.Collection;
import java.util.List;

/** Lists the storage and decides on the library to sync with. Creates a library in an empty storage. */
final class LibraryAgreement {
    private final SyncContext context;

    LibraryAgreement(SyncContext context) {
        this.context = context;
    }

    AgreedLibrary agree() {
        RemoteListing listing = context.gate().list(context.storage());
        context.fileErrors().begin(listing.sizes());
        quarantine(context.gate().plaintextFiles(), Problem.FILE_NOT_ENCRYPTED);
        quarantine(context.gate().closed(), Problem.FILE_KEY_UNKNOWN);
        Handshake.Agreed agreed = agree(listing);
        if (agreed.created()) {
            listing = context.gate().list(context.storage());
            listing.addLibrary(new LibraryName(agreed.library(), agreed.epoch()));
            agreed = agree(listing);
        }
        return agreedLibrary(new LibraryName(agreed.library(), agreed.epoch()), listing);
    }

    private AgreedLibrary agreedLibrary(LibraryName name, RemoteListing listing) {
        return new AgreedLibrary(
                name.library(), name.epoch(), context.remoteState().aliases(), listing);
    }

    private Handshake.Agreed agree(RemoteListing listing) {
        OtherDevices others = new OtherDevices(context);
        Collection<DeviceRecord> devices = others.read(listing).values();
        Handshake.Agreed agreed = new Handshake(
                        context, listing, devices, name -> beginWithSnapshot(agreedLibrary(name, listing)))
                .agree();
        context.gate()
                .agreed(agreed.library(), agreed.epoch(), context.remoteState().aliases());
        if (!agreed.created()) {
            others.remember(agreed.library());
        }
        return agreed;
    }

    /**
     * Uploads a full snapshot as the first object of an epoch (docs/correctness.md#r8). A device that finds the library
     * file thus finds all data.
     */
    private void beginWithSnapshot(AgreedLibrary planned) {
        context.gate().agreed(planned.id(), planned.epoch(), planned.aliases());
        context.blobs(SyncOptions.DEFAULT).uploadAllReferenced();
        RemoteSnapshots snapshots = context.snapshots(planned);
        context.snapshotMaintenance(snapshots)
                .create(context.uploader(context.storage(), snapshots, planned), () -> false);
    }

    private void quarantine(List<StoredObject> files, Problem reason) {
        files.forEach(
                file -> context.fileErrors().add(file.name(), file.size(), FileErrorRegistry.Kind.QUARANTINED, reason));
    }
}
