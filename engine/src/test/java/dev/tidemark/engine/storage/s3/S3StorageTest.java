package dev.tidemark.engine.storage.s3;

import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.RemoteStorageContract;
import dev.tidemark.engine.storage.StorageUrl;
import dev.tidemark.proof.Proof;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** Runs the contract of storages against S3 servers with different features. */
class S3StorageTest {
    private static final S3Server SERVER = S3Server.running();

    @Nested
    class PlainWithPathStyleAndCompatibility extends Contract {
        @Override
        S3Options options(String bucket) {
            return S3Server.options(SERVER.plainEndpoint(), bucket, "");
        }
    }

    @Proof
    @Nested
    class PlainWithNewerParts extends Contract {
        @Override
        S3Options options(String bucket) {
            return S3Server.options(SERVER.plainEndpoint(), bucket, "").withCompatibility(false);
        }
    }

    @Proof
    @Nested
    class SecureWithCompatibility extends Contract {
        @Override
        S3Options options(String bucket) {
            return S3Server.options(SERVER.secureEndpoint(), bucket, "notes");
        }
    }

    @Proof
    @Nested
    class SecureWithBucketsInFrontOfTheServersName extends Contract {
        @Override
        S3Options options(String bucket) {
            return S3Server.options(SERVER.endpointByHost(), bucket, "")
                    .withPathStyle(false)
                    .withCompatibility(false);
        }
    }

    /** Acceptance 22: two libraries in one bucket never see each other. */
    @Proof
    @Nested
    class BelowAPrefixBesideOthers extends Contract {
        @Override
        S3Options options(String bucket) {
            return S3Server.options(SERVER.plainEndpoint(), bucket, "ann/my notes");
        }

        @Override
        protected RemoteStorage createAnother() {
            return open(S3Server.options(SERVER.plainEndpoint(), bucket(), "ann/my"));
        }
    }

    private abstract static class Contract extends RemoteStorageContract {
        private StorageUrl.Bucket place;

        abstract S3Options options(String bucket);

        static RemoteStorage open(S3Options options) {
            return S3Storage.open(options, S3Timeouts.DEFAULT, SERVER.certificates());
        }

        String bucket() {
            return place.bucket();
        }

        @Override
        protected RemoteStorage create() {
            S3Options options = options(SERVER.newBucket());
            place = options.bucket();
            return open(options);
        }

        @Override
        protected RemoteStorage createAnother() {
            return open(options(SERVER.newBucket()));
        }

        @Override
        protected void fill(RemoteStorage empty, List<String> names) {
            String prefix = place.prefix().isEmpty() ? "" : place.prefix() + "/";
            SERVER.fill(
                    place.bucket(), names.stream().map(name -> prefix + name).toList());
        }
    }
}
