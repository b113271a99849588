package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.internal.encryption.ScryptCost;
import dev.tidemark.engine.problem.BlobException;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.s3.FaultProxy;
import dev.tidemark.engine.storage.s3.FaultProxy.Fault;
import dev.tidemark.engine.storage.s3.S3Server;
import dev.tidemark.engine.storage.s3.S3Storage;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.proof.Proof;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Large files through a bucket, over a connection that breaks. */
class S3AttachmentTest extends BlobFixture {
    private static final S3Server SERVER = S3Server.running();
    private static final int MEBIBYTE = 1 << 20;

    private final byte[] large = bytes(20 * MEBIBYTE, 4);
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final String bucket = SERVER.newBucket();
    private FaultProxy proxy;
    private RemoteStorage line;
    private Database ann;
    private Database bob;

    @BeforeEach
    void connect() throws Exception {
        proxy = new FaultProxy(SERVER.port());
        breakingAfter(Integer.MAX_VALUE, "");
        line = S3Storage.open(
                S3Server.options(proxy.endpoint(), bucket, "notes").forTest());
        ann = device("ann");
        bob = device("bob");
    }

    @AfterEach
    void disconnect() throws Exception {
        line.close();
        proxy.close();
    }

    /** From then on the line is dead for requests of this kind. */
    private void breakingAfter(int count, String kind) {
        requests.clear();
        proxy.faults(request -> {
            requests.add(request.method() + " " + request.target());
            return !kind.isEmpty() && count(kind) > count ? new Fault.ResetBefore() : new Fault.Delay(0);
        });
    }

    private long count(String kind) {
        return requests.stream().filter(request -> request.matches(kind)).count();
    }

    private static final String PART = "PUT .*blobs/.*partNumber.*";
    private static final String RANGE = "GET .*blobs/[0-9a-f]{64}.*";

    @Proof
    @Test
    void anUploadAndADownloadThatBrokeOffGoOnWhereTheyWere() {
        BlobId id = attach(ann, large);
        breakingAfter(2, PART);
        assertThatThrownBy(() -> session(ann, line).sync(SyncOptions.DEFAULT)).isInstanceOf(StorageException.class);
        assertThat(count("PUT .*/log/.*")).isZero();
        breakingAfter(Integer.MAX_VALUE, "");
        syncThrough(ann, line);
        // Of three parts, two had arrived.
        assertThat(count(PART)).isEqualTo(1);
        assertThat(count("PUT .*/log/.*")).isEqualTo(1);
        assertThat(line.list("v1/blobs/", null))
                .containsExactly(new RemoteStorage.StoredObject("v1/blobs/" + id, large.length));

        syncThrough(bob, line);
        assertThat(count(RANGE)).isZero();
        breakingAfter(1, RANGE);
        assertThatThrownBy(() -> session(bob, line).downloadBlob(id, bytes -> {}))
                .isInstanceOf(StorageException.class);
        breakingAfter(Integer.MAX_VALUE, "");
        session(bob, line).downloadBlob(id, bytes -> {});
        assertThat(count(RANGE)).isEqualTo(2);
        assertThat(read(bob, id)).isEqualTo(large);
    }

    @Proof
    @Test
    void anEncryptedUploadGoesOnToo() {
        Secrets anns = passphrase();
        BlobId id = attach(ann, large);
        breakingAfter(1, PART);
        assertThatThrownBy(() -> session(anns).sync(SyncOptions.DEFAULT)).isInstanceOf(StorageException.class);
        breakingAfter(Integer.MAX_VALUE, "");
        session(anns).sync(SyncOptions.DEFAULT);
        assertThat(count(PART)).isEqualTo(2);
        Secrets bobs = passphrase();
        RemoteSession bobsSession = new RemoteSession(bob, line, "", () -> now, bobs, ScryptCost.MIN);
        bobsSession.sync(SyncOptions.DEFAULT);
        bobsSession.downloadBlob(id, bytes -> {});
        assertThat(read(bob, id)).isEqualTo(large);
    }

    private RemoteSession session(Secrets secrets) {
        return new RemoteSession(ann, line, "", () -> now, secrets, ScryptCost.MIN);
    }

    /** The bucket's rules remove parts that nobody has put together, and confirmations get lost. */
    @Proof
    @Test
    void anUploadWhosePartsAreGoneBeginsAgain() {
        BlobId id = attach(ann, large);
        breakingAfter(2, PART);
        assertThatThrownBy(() -> session(ann, line).sync(SyncOptions.DEFAULT)).isInstanceOf(StorageException.class);
        SERVER.dropUploads(bucket);
        breakingAfter(Integer.MAX_VALUE, "");
        syncThrough(ann, line);
        syncThrough(bob, line);
        session(bob, line).downloadBlob(id, bytes -> {});
        assertThat(read(bob, id)).isEqualTo(large);
        assertThat(SERVER.uploads(bucket)).isZero();
    }

    @Proof
    @Test
    void aLostConfirmationOfTheWholeIsNoReasonToSendItAgain() {
        attach(ann, large);
        proxy.faults(request -> {
            requests.add(request.method() + " " + request.target());
            return request.method().equals("POST") && request.target().contains("uploadId=")
                    ? new Fault.DropAnswer()
                    : new Fault.Delay(0);
        });
        assertThatThrownBy(() -> session(ann, line).sync(SyncOptions.DEFAULT)).isInstanceOf(StorageException.class);
        breakingAfter(Integer.MAX_VALUE, "");
        syncThrough(ann, line);
        assertThat(count(PART)).isZero();
        assertThat(line.list("v1/blobs/", null)).hasSize(1);
    }

    @Proof
    @Test
    void aMissingFileIsSaid() {
        BlobId id = attach(ann, bytes(100, 1));
        syncThrough(ann, line);
        syncThrough(bob, line);
        line.delete("v1/blobs/" + id);
        assertThatThrownBy(() -> session(bob, line).downloadBlob(id, bytes -> {}))
                .isInstanceOf(BlobException.class)
                .hasMessageContaining("is not in s3://");
        syncThrough(bob, line);
        syncThrough(ann, line);
        session(bob, line).downloadBlob(id, bytes -> {});
        assertThat(read(bob, id)).isEqualTo(bytes(100, 1));
    }
}
