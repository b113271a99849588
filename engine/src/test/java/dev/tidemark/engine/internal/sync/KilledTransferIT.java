package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.ChildProcess;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.s3.FaultProxy;
import dev.tidemark.engine.storage.s3.S3Server;
import dev.tidemark.engine.storage.s3.S3Storage;
import dev.tidemark.proof.Proof;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A device killed during a transfer leaves no partial file, and resumes the transfer. */
@Proof
class KilledTransferIT extends BlobFixture {
    private static final S3Server SERVER = S3Server.running();
    private static final byte[] LARGE = bytes(20 << 20, 8);

    private final String bucket = SERVER.newBucket();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private FaultProxy proxy;

    @BeforeEach
    void connect() throws Exception {
        proxy = new FaultProxy(SERVER.port());
        proxy.faults(request -> {
            requests.add(request.method() + " " + request.target());
            return new FaultProxy.Fault.None();
        });
    }

    @AfterEach
    void disconnect() throws Exception {
        proxy.close();
    }

    /** The same place for all: what was begun at one is not gone on with at another. */
    private RemoteStorage line() {
        return S3Storage.open(S3Server.options(proxy.endpoint(), bucket, "notes"));
    }

    /** Returns once the device, in the middle of the file, was killed as {@code kill -9} does. */
    private void killInTheMiddle(KilledTransfer.Work work, String database, String blob) throws Exception {
        Process process = ChildProcess.of(
                        KilledTransfer.class, List.of(), work, folder.resolve(database), proxy.endpoint(), bucket, blob)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("half");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void anUploadAndADownloadGoOnWhereTheDeviceWasKilled() throws Exception {
        BlobId id;
        try (Database ann = device("ann")) {
            id = attach(ann, LARGE);
        }
        killInTheMiddle(KilledTransfer.Work.UPLOAD, "ann.db", id.hex());
        requests.clear();
        try (RemoteStorage line = line();
                Database ann = device("ann");
                Database bob = device("bob")) {
            assertThat(line.list("v1/log/", null)).isEmpty();
            syncThrough(ann, line);
            // Of three parts, the first had been confirmed.
            assertThat(requests.stream().filter(request -> request.matches("PUT .*partNumber.*")))
                    .hasSize(2);
            syncThrough(bob, line);
            assertThat(bob.dump()).isEqualTo(ann.dump());
        }
        killInTheMiddle(KilledTransfer.Work.DOWNLOAD, "bob.db", id.hex());
        try (RemoteStorage line = line();
                Database bob = device("bob")) {
            assertThat(bob.blobs().isLocal(id)).isFalse();
            List<Long> progress = new ArrayList<>();
            session(bob, line).downloadBlob(id, progress::add);
            assertThat(progress).startsWith(8L << 20).endsWith(20L << 20);
            assertThat(read(bob, id)).isEqualTo(LARGE);
        }
    }

    @Test
    void killedWhileAFileIsTakenInThereIsNothingOfIt() throws Exception {
        device("ann").close();
        killInTheMiddle(KilledTransfer.Work.ADD, "ann.db", "");
        Path blobs = folder.resolve("ann.db.blobs");
        try (var files = Files.list(blobs)) {
            assertThat(files.map(file -> file.getFileName().toString())).allMatch(name -> name.endsWith(".tmp"));
        }
        try (Database ann = device("ann")) {
            assertThat(ann.blobs().localUsage().count()).isZero();
        }
    }
}
