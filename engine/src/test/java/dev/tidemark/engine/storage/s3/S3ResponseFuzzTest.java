package dev.tidemark.engine.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidemark.engine.problem.TidemarkException;
import dev.tidemark.engine.storage.s3.FaultProxy.Fault;
import dev.tidemark.fuzz.Mutations;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkGlobalTime;

/** The storage reads any bytes that a server answers, or fails with a problem that has a message. */
class S3ResponseFuzzTest {
    /**
     * The SDK keeps what it learns of the servers' clocks in a static field, and would sign the next test's requests
     * with it.
     */
    @AfterAll
    static void forgetTheClocksOfTheAnswers() {
        SdkGlobalTime.setGlobalTimeOffset(0);
    }

    private static final S3Timeouts SHORT =
            new S3Timeouts(Duration.ofSeconds(2), Duration.ofMillis(600), Duration.ofSeconds(2), 1, Duration.ZERO);

    @TempDir
    private static Path folder;

    private static FaultProxy proxy;
    private static S3Storage storage;

    @BeforeAll
    static void open() throws IOException {
        proxy = new FaultProxy(0);
        storage = S3Storage.open(S3Server.options(proxy.endpoint(), "bucket", "p"), SHORT, List.of());
    }

    @AfterAll
    static void close() throws IOException {
        storage.close();
        proxy.close();
    }

    private static void request(byte[] answer, Runnable request) {
        proxy.faults(any -> new Fault.Raw(answer));
        try {
            request.run();
        } catch (TidemarkException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @MethodSource("soundListings")
    @FuzzTest
    void listing(byte[] input) {
        request(input, () -> assertThat(storage.list("", null)).doesNotContainNull());
    }

    @MethodSource("soundObjects")
    @FuzzTest
    void object(byte[] input) {
        request(input, () -> assertThat(storage.get("a", 600)).hasSizeLessThanOrEqualTo(600));
        request(input, () -> storage.download("a", folder.resolve("a"), folder, any -> {}));
    }

    @MethodSource("soundConfirmations")
    @FuzzTest
    void confirmation(byte[] input) {
        request(input, () -> storage.put("a", new byte[10]));
        request(input, () -> storage.delete("a"));
    }

    private static String answer(String head, String body) {
        return "HTTP/1.1 " + head + "\r\nDate: Mon, 23 Nov 2026 08:00:00 GMT\r\nServer: x\r\nContent-Length: "
                + body.length() + "\r\nConnection: close\r\n\r\n" + body;
    }

    private static String error(String head, String code) {
        return answer(
                head,
                "<?xml version=\"1.0\"?><Error><Code>" + code
                        + "</Code><Message>Wait</Message><Region>eu-central-1</Region>"
                        + "<ServerTime>2026-11-23T09:00:00Z</ServerTime></Error>");
    }

    static List<byte[]> soundListings() {
        return Mutations.corpus(
                answer(
                        "200 OK\r\nContent-Type: application/xml",
                        "<?xml"
                            + " version=\"1.0\"?><ListBucketResult><Name>bucket</Name><Prefix>p/</Prefix><KeyCount>1</KeyCount>"
                            + "<IsTruncated>false</IsTruncated><Contents><Key>p/v1/a</Key><Size>7</Size><ETag>\"x\"</ETag>"
                            + "<LastModified>2026-11-23T08:00:00.000Z</LastModified></Contents></ListBucketResult>"),
                answer(
                        "200 OK",
                        "<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>x</NextContinuationToken>"
                            + "<Contents><Key>p/b</Key><Size>1</Size></Contents></ListBucketResult>"),
                error("403 Forbidden", "RequestTimeTooSkewed"),
                error(
                        "301 Moved Permanently\r\nx-amz-bucket-region: eu-central-1\r\nLocation: http://x.invalid/",
                        "PermanentRedirect"));
    }

    static List<byte[]> soundObjects() {
        return Mutations.corpus(
                answer(
                        "200 OK\r\n"
                                + "ETag: \"781e5e245d69b566979b86e28d23f2c7\"\r\n"
                                + "Last-Modified: Mon, 23 Nov 2026 08:00:00 GMT\r\n"
                                + "x-amz-meta-a: b\r\n"
                                + "x-amz-checksum-crc32: AAAAAA==",
                        "0123456789"),
                answer("206 Partial Content\r\nETag: \"x\"\r\nContent-Range: bytes 0-3/10", "0123"),
                "HTTP/1.1 200 OK\r\nETag: \"x\"\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n0123\r\n0\r\n\r\n",
                error("404 Not Found", "NoSuchKey"));
    }

    static List<byte[]> soundConfirmations() {
        return Mutations.corpus(
                answer("200 OK\r\nETag: \"a63c90cc3684ad8b0a2176a6a8fe9005\"\r\nx-amz-version-id: 1", ""),
                answer("204 No Content", ""),
                error("503 Service Unavailable\r\nRetry-After: 1", "SlowDown"));
    }

    @Test
    void mutationsOfListingsAreReadOrRefused() {
        Mutations.run(soundListings(), 10, this::listing);
    }

    @Test
    void mutationsOfObjectsAreReadOrRefused() {
        Mutations.run(soundObjects(), 10, this::object);
    }

    @Test
    void mutationsOfConfirmationsAreBelievedOrRefused() {
        Mutations.run(soundConfirmations(), 10, this::confirmation);
    }
}
