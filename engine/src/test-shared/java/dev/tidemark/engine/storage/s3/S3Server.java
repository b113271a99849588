package dev.tidemark.engine.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.storage.StorageUrl;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * An S3 server in this process, over HTTP and TLS, that verifies signatures. All tests share one and create their own
 * buckets; a second one with other keys serves tests that need two.
 */
public final class S3Server {
    /** The names under which it can be reached, as whole hosts and with buckets in front: TestHosts knows them. */
    public static final String HOST = "s3.test";

    /** A name of the same machine for which the server has no certificate. */
    static final String OTHER_HOST = "other.test";

    private static final String ACCESS_KEY = "tidemark-access";
    private static final String SECRET_KEY = "tidemark+secret/that=nobody&sees";
    private static final String OTHER_ACCESS_KEY = "another-access";
    private static final String OTHER_SECRET_KEY = "another/secret+key";
    private static final String STORE_PASSWORD = "of-the-key-store";
    private static final AtomicInteger BUCKETS = new AtomicInteger();

    private final Path folder = Files.createTempDirectory("s3-server");
    private final Path certificate = folder.resolve("certificate.pem");
    private final BlobStore objects = new TransientNio2BlobStore();
    private final String accessKey;
    private final String secretKey;
    private final S3Proxy byPath;
    private final S3Proxy byHost;

    private S3Server(String accessKey, String secretKey) throws Exception {
        this.accessKey = accessKey;
        this.secretKey = secretKey;
        Path keys = makeKeys();
        byPath = start(keys, server -> server);
        byHost = start(keys, server -> server.virtualHost(HOST));
    }

    private S3Proxy start(Path keys, UnaryOperator<S3Proxy.Builder> more) throws Exception {
        S3Proxy server = more.apply(S3Proxy.builder()
                        .blobStore(objects)
                        .endpoint(URI.create("http://127.0.0.1:0"))
                        .secureEndpoint(URI.create("https://127.0.0.1:0"))
                        .keyStore(keys.toString(), STORE_PASSWORD)
                        .awsAuthentication(AuthenticationType.AWS_V4, accessKey, secretKey))
                .build();
        server.start();
        return server;
    }

    private Path makeKeys() throws Exception {
        Path keys = folder.resolve("keys.p12");
        String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        run(
                tool,
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + HOST,
                "-validity",
                "30",
                "-ext",
                "san=dns:" + HOST + ",dns:*." + HOST + ",dns:localhost,ip:127.0.0.1",
                "-keystore",
                keys.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                STORE_PASSWORD);
        run(
                tool,
                "-exportcert",
                "-rfc",
                "-alias",
                "server",
                "-keystore",
                keys.toString(),
                "-storepass",
                STORE_PASSWORD,
                "-file",
                certificate.toString());
        return keys;
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static S3Server start(String accessKey, String secretKey) {
        try {
            return new S3Server(accessKey, secretKey);
        } catch (Exception e) {
            throw new IllegalStateException("The S3 server does not start", e);
        }
    }

    private static final class Running {
        private static final S3Server SERVER = start(ACCESS_KEY, SECRET_KEY);
    }

    private static final class RunningToo {
        private static final S3Server SERVER = start(OTHER_ACCESS_KEY, OTHER_SECRET_KEY);
    }

    /** The server; started when it is first asked for, and running until the process ends. */
    public static S3Server running() {
        return Running.SERVER;
    }

    /** One of another provider, as {@link #running}: only {@link #otherAccessKey} and its secret open it. */
    public static S3Server other() {
        return RunningToo.SERVER;
    }

    /** A new empty bucket. */
    public String newBucket() {
        String name = "bucket-" + BUCKETS.incrementAndGet();
        objects.createContainer(CreateBucketRequest.builder().bucket(name).build());
        return name;
    }

    /** Puts objects of one byte past HTTP. */
    void fill(String bucket, List<String> keys) {
        for (String key : keys) {
            objects.putBlob(
                    PutObjectRequest.builder()
                            .bucket(bucket)
                            .key(key)
                            .contentLength(1L)
                            .build(),
                    new ByteArrayInputStream(new byte[] {1}));
        }
    }

    /** The keys in a bucket, past HTTP. */
    List<String> keys(String bucket) {
        return objects.list(ListObjectsV2Request.builder().bucket(bucket).build()).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    /** How many uploads in parts were neither completed nor called off. */
    int uploadsLeft(String bucket) {
        return objects.listMultipartUploads(bucket).size();
    }

    /** As {@link #uploadsLeft}. */
    public int uploads(String bucket) {
        return uploadsLeft(bucket);
    }

    /** Calls off all uploads in parts, as a bucket's rules do after some days. */
    public void dropUploads(String bucket) {
        objects.listMultipartUploads(bucket)
                .forEach(upload -> objects.abortMultipartUpload(new MultipartUpload(
                        upload.uploadId(),
                        CreateMultipartUploadRequest.builder()
                                .bucket(bucket)
                                .key(upload.key())
                                .build())));
    }

    public int port() {
        return byPath.getPort();
    }

    int securePort() {
        return byPath.getSecurePort();
    }

    public String plainEndpoint() {
        return "http://127.0.0.1:" + byPath.getPort();
    }

    String secureEndpoint() {
        return "https://127.0.0.1:" + byPath.getSecurePort();
    }

    /** Where buckets stand in front of the name. */
    String endpointByHost() {
        return "https://" + HOST + ":" + byHost.getSecurePort();
    }

    /** Of the server, which signed it itself. */
    public List<Path> certificates() {
        return List.of(certificate);
    }

    public static S3Options.Credentials keys() {
        return new S3Options.Credentials(ACCESS_KEY, SECRET_KEY);
    }

    public static S3Options.Credentials keys(String accessKey, String secretKey) {
        return new S3Options.Credentials(
                accessKey == null ? ACCESS_KEY : accessKey, secretKey == null ? SECRET_KEY : secretKey);
    }

    public static String accessKey() {
        return ACCESS_KEY;
    }

    public static String secretKey() {
        return SECRET_KEY;
    }

    public static String otherAccessKey() {
        return OTHER_ACCESS_KEY;
    }

    public static String otherSecretKey() {
        return OTHER_SECRET_KEY;
    }

    /** What reaches a bucket at this endpoint. */
    public static S3Options options(String endpoint, String bucket, String prefix) {
        return S3Options.of(new StorageUrl.Bucket(bucket, prefix, endpoint, "eu-test-1"), keys());
    }

    /** A storage in a bucket of this server, over plain http. */
    public S3Storage storage(String bucket, String prefix) {
        return S3Storage.open(options(plainEndpoint(), bucket, prefix));
    }
}
