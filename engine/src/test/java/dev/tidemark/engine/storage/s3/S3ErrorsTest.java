package dev.tidemark.engine.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.StorageProbe;
import dev.tidemark.engine.storage.StorageUrl;
import dev.tidemark.engine.storage.s3.FaultProxy.Fault;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors of servers and connections become messages that name the wrong setting. */
class S3ErrorsTest {
    private static final S3Server SERVER = S3Server.running();
    private static final S3Timeouts SHORT =
            new S3Timeouts(Duration.ofSeconds(2), Duration.ofMillis(600), Duration.ofSeconds(2), 1, Duration.ZERO);

    private static RemoteStorage open(S3Options options) {
        return S3Storage.open(options, SHORT, SERVER.certificates());
    }

    private static S3Options at(String endpoint) {
        return S3Server.options(endpoint, "no-bucket", "");
    }

    private static StorageException listing(S3Options options) {
        try (RemoteStorage storage = open(options)) {
            return catchThrowableOfType(StorageException.class, () -> storage.list("", null));
        }
    }

    private static void check(StorageException failure, Problem problem, StorageProbe.Setting setting) {
        assertThat(failure).isNotNull();
        assertThat(failure.problem()).as("%s", failure).isEqualTo(problem);
        assertThat(StorageProbe.Setting.of(failure).orElse(null)).isEqualTo(setting);
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain(S3Server.secretKey());
    }

    @Test
    void aServerThatIsNotThere() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        StorageException failure = listing(at("http://127.0.0.1:" + port));
        check(failure, Problem.STORAGE_NOTHING_LISTENS, StorageProbe.Setting.ENDPOINT);
        assertThat(failure)
                .isInstanceOf(StorageException.UnreachableException.class)
                .hasMessageContaining("127.0.0.1:" + port);
        check(listing(at("http://nowhere.invalid")), Problem.STORAGE_HOST_UNKNOWN, StorageProbe.Setting.ENDPOINT);
    }

    @Test
    void aBucketInFrontOfANameThatNoServerHas() {
        check(
                listing(at("http://localhost:" + SERVER.port()).withPathStyle(false)),
                Problem.STORAGE_HOST_OF_BUCKET_UNKNOWN,
                StorageProbe.Setting.PATH_STYLE);
    }

    @Test
    void theWrongScheme() {
        check(listing(at("https://127.0.0.1:" + SERVER.port())), Problem.STORAGE_NO_TLS, StorageProbe.Setting.ENDPOINT);
        check(
                listing(at("http://127.0.0.1:" + SERVER.securePort())),
                Problem.STORAGE_TLS_WANTED,
                StorageProbe.Setting.ENDPOINT);
    }

    @Test
    void aCertificateThatIsNotTrustedOrIsForAnotherName() {
        try (RemoteStorage storage = S3Storage.open(at(SERVER.secureEndpoint()), S3Timeouts.TEST, List.of())) {
            check(
                    catchThrowableOfType(StorageException.class, () -> storage.list("", null)),
                    Problem.STORAGE_CERTIFICATE,
                    StorageProbe.Setting.ENDPOINT);
        }
        check(
                listing(at("https://" + S3Server.OTHER_HOST + ":" + SERVER.securePort())),
                Problem.STORAGE_CERTIFICATE,
                StorageProbe.Setting.ENDPOINT);
    }

    @Test
    void theWrongKeys() {
        String bucket = SERVER.newBucket();
        StorageUrl.Bucket place = new StorageUrl.Bucket(bucket, "", SERVER.plainEndpoint(), null);
        check(
                listing(S3Options.of(place, S3Server.keys(null, "another"))),
                Problem.STORAGE_SECRET_KEY_WRONG,
                StorageProbe.Setting.SECRET_KEY);
        check(
                listing(S3Options.of(place, S3Server.keys("unknown", null))),
                Problem.STORAGE_ACCESS_KEY_UNKNOWN,
                StorageProbe.Setting.ACCESS_KEY);
        assertThatThrownBy(() -> S3Storage.open(S3Options.of(place, new S3Options.Credentials(" ", ""))))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        failure -> check(failure, Problem.STORAGE_KEYS_MISSING, StorageProbe.Setting.ACCESS_KEY));
    }

    @Test
    void aBucketThatDoesNotExist() {
        check(listing(at(SERVER.plainEndpoint())), Problem.STORAGE_BUCKET_MISSING, StorageProbe.Setting.BUCKET);
    }

    @Test
    void keysAreShownNowhere() {
        S3Options options = at(SERVER.plainEndpoint());
        try (RemoteStorage storage = open(options)) {
            assertThat(options + " " + options.credentials() + " " + storage + " " + storage.description())
                    .doesNotContain(S3Server.secretKey())
                    .doesNotContain("tidemark-access");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        403 | AccessDenied               | Access Denied.            | STORAGE_MAY_NOT_LIST       | ACCESS_KEY
        403 | InvalidAccessKeyId         | Unknown.                  | STORAGE_ACCESS_KEY_UNKNOWN | ACCESS_KEY
        403 | RequestTimeTooSkewed       | Too large.                | STORAGE_CLOCK              |
        503 | SlowDown                   | Reduce your request rate. | STORAGE_SERVER_BUSY        |
        429 | TooManyRequests            | Wait.                     | STORAGE_SERVER_BUSY        |
        507 | XMinioStorageFull          | Full.                     | STORAGE_SERVER_FULL        | BUCKET
        403 | QuotaExceeded              | Over.                     | STORAGE_SERVER_FULL        | BUCKET
        500 | InternalError              | Sorry.                    | STORAGE_SERVER_FAILED      |
        404 | NoSuchBucket               | None.                     | STORAGE_BUCKET_MISSING     | BUCKET
        400 | AuthorizationHeaderMalformed | the region 'us-east-1' is wrong; expecting 'eu-central-1' | STORAGE_REGION_OTHER | REGION
        400 | AuthorizationHeaderMalformed | a non-empty Access Key must be provided | STORAGE_ACCESS_KEY_UNKNOWN | ACCESS_KEY
        301 | PermanentRedirect          | Elsewhere.                | STORAGE_REGION_UNNAMED     | REGION
        400 | Odd                        | What is this              | STORAGE_SERVER_REFUSED     |
        """)
    void whatServersSay(int status, String code, String said, Problem problem, StorageProbe.Setting setting)
            throws Exception {
        try (FaultProxy proxy = new FaultProxy(SERVER.port())) {
            proxy.faults(request -> new Fault.Answer(
                    status,
                    "Content-Type: application/xml\r\n",
                    "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>" + said + "</Message></Error>"));
            check(listing(at(proxy.endpoint())), problem, setting);
        }
    }

    @Test
    void anotherRegionIsNamedWhereTheServerNamesIt() throws Exception {
        try (FaultProxy proxy = new FaultProxy(SERVER.port())) {
            proxy.faults(request -> new Fault.Answer(
                    301,
                    "x-amz-bucket-region: eu-west-3\r\nContent-Type: application/xml\r\n",
                    "<Error><Code>PermanentRedirect</Code><Message>Elsewhere</Message></Error>"));
            StorageProbe.Report report = StorageProbe.test(() -> open(at(proxy.endpoint())), step -> {});
            assertThat(report.suggestion()).contains("eu-west-3");
            assertThat(report.failure().orElseThrow().setting()).contains(StorageProbe.Setting.REGION);
        }
    }

    @Test
    void aServerThatDoesNotKnowNewerPartsOfS3() throws Exception {
        try (FaultProxy proxy = new FaultProxy(SERVER.port());
                RemoteStorage newer = open(at(proxy.endpoint()).withCompatibility(false))) {
            proxy.faults(request -> new Fault.Answer(
                    501, "", "<Error><Code>NotImplemented</Code><Message>A header you provided</Message></Error>"));
            check(
                    catchThrowableOfType(StorageException.class, () -> newer.put("a", new byte[] {1})),
                    Problem.STORAGE_COMPATIBILITY,
                    StorageProbe.Setting.COMPATIBILITY);
        }
    }

    /** A hotel's sign-in page answers everything with 200. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        200 | Content-Type: text/html          | <html><body>Please sign in</body></html>
        200 | Content-Type: text/html          | <!DOCTYPE html><html><head><meta charset=utf-8><p>Sign in
        200 | Content-Type: application/xml    | <?xml version="1.0"?><welcome/>
        200 | Content-Type: text/html          | ''
        302 | Location: http://portal.invalid/ | <html>Moved</html>
        404 | Content-Type: text/html          | <html>Not found</html>
        511 | Content-Type: text/html          | <html>Network authentication required</html>
        """)
    void somebodyElseWhoAnswersIsNeverBelieved(int status, String header, String body) throws Exception {
        try (FaultProxy proxy = new FaultProxy(SERVER.port());
                RemoteStorage storage = open(at(proxy.endpoint()))) {
            proxy.faults(request -> new Fault.Answer(status, header + "\r\n", body));
            List<org.assertj.core.api.ThrowableAssert.ThrowingCallable> all = List.of(
                    () -> storage.list("", null),
                    () -> storage.get("a"),
                    () -> storage.put("a", new byte[] {1}),
                    () -> storage.put("large", new byte[S3Uploads.LARGE + 1]));
            for (var request : all) {
                StorageException failure = catchThrowableOfType(StorageException.class, request);
                check(failure, Problem.STORAGE_OTHER_SERVICE, StorageProbe.Setting.ENDPOINT);
            }
        }
    }
}
