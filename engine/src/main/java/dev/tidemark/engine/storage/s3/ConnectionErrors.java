package dev.tidemark.engine.storage.s3;

import dev.tidemark.engine.internal.problem.ErrorText;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import java.io.EOFException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Objects;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.xml.stream.XMLStreamException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** Explains why a server could not be reached, or why its answer was incomplete. Thread-safe. */
final class ConnectionErrors {
    private static final int DEEPEST_CAUSE = 20;

    private final S3Options options;
    private final String server;
    private volatile boolean answered;

    ConnectionErrors(S3Options options, String server) {
        this.options = options;
        this.server = server;
    }

    void answered() {
        answered = true;
    }

    StorageException explain(SdkException failure) {
        if (Thread.currentThread().isInterrupted() || has(failure, AbortedException.class)) {
            Thread.currentThread().interrupt();
            return new StorageException(failure, Problem.STORAGE_REQUEST_FAILED, Problem.INTERRUPTED);
        }
        Problem problem = problem(failure);
        if (problem == null) {
            return new StorageException(failure, Problem.STORAGE_REQUEST_FAILED, ErrorText.text(withoutKeys(failure)));
        }
        return new StorageException.UnreachableException(
                failure, problem, problem == Problem.STORAGE_HOST_OF_BUCKET_UNKNOWN ? hostOfBucket() : server);
    }

    /** Returns the problem of the most specific known cause; {@code null} if no cause is known. */
    private @Nullable Problem problem(SdkException failure) {
        if (has(failure, UnknownHostException.class)) {
            return unknownHost();
        }
        if (has(failure, NoRouteToHostException.class) || messageContains(failure, "network is unreachable")) {
            return Problem.STORAGE_NO_ROUTE;
        }
        if (has(failure, SocketTimeoutException.class)
                || has(failure, ApiCallTimeoutException.class)
                || has(failure, ApiCallAttemptTimeoutException.class)) {
            return Problem.STORAGE_NO_ANSWER;
        }
        if (has(failure, ConnectException.class)) {
            return Problem.STORAGE_NOTHING_LISTENS;
        }
        if (has(failure, SSLException.class)) {
            return security(failure);
        }
        return answer(failure);
    }

    private Problem security(SdkException failure) {
        if (messageContains(failure, "unsupported or unrecognized ssl message")) {
            return Problem.STORAGE_NO_TLS;
        }
        boolean untrusted = has(failure, CertificateException.class)
                || has(failure, CertPathValidatorException.class)
                || has(failure, SSLPeerUnverifiedException.class)
                || messageContains(failure, "certificate");
        if (untrusted) {
            return Problem.STORAGE_CERTIFICATE;
        }
        return has(failure, SSLHandshakeException.class) && !answered && messageContains(failure, "protocol")
                ? Problem.STORAGE_NO_TLS
                : Problem.STORAGE_CONNECTION_LOST;
    }

    /**
     * Returns the problem of an answer that is not from S3 or of a broken connection; {@code null} if it is neither.
     */
    private @Nullable Problem answer(SdkException failure) {
        boolean malformed = has(failure, HttpException.class) && !has(failure, ConnectionClosedException.class);
        if (has(failure, NoHttpResponseException.class) || malformed) {
            if (options.bucket().isPlainHttp() && !answered) {
                return Problem.STORAGE_TLS_WANTED;
            }
            return malformed ? Problem.STORAGE_OTHER_SERVICE : Problem.STORAGE_CONNECTION_LOST;
        }
        if (isBroken(failure)) {
            return Problem.STORAGE_CONNECTION_LOST;
        }
        boolean unreadable = has(failure, XMLStreamException.class)
                || messageContains(failure, "unmarshall")
                || messageContains(failure, "unable to parse")
                || messageContains(failure, "could not parse");
        return unreadable ? Problem.STORAGE_OTHER_SERVICE : null;
    }

    /** Returns whether the connection broke in the middle of an answer. */
    static boolean isBrokenAnswer(SdkException failure) {
        return !Thread.currentThread().isInterrupted()
                && !has(failure, AbortedException.class)
                && isBroken(failure)
                && (messageContains(failure, "unmarshall") || messageContains(failure, "parse"));
    }

    private static boolean isBroken(SdkException failure) {
        return has(failure, SocketException.class)
                || has(failure, ConnectionClosedException.class)
                || has(failure, MalformedChunkCodingException.class)
                || has(failure, EOFException.class)
                || has(failure, InterruptedIOException.class)
                || messageContains(failure, "checksum")
                || messageContains(failure, "premature")
                || messageContains(failure, "truncated");
    }

    /**
     * Returns the problem of a server whose name cannot be resolved. Checks whether it resolves without the bucket's
     * name in front.
     */
    private Problem unknownHost() {
        String endpoint = options.bucket().endpoint();
        if (endpoint != null
                && !options.pathStyle()
                && resolves(URI.create(endpoint).getHost())) {
            return Problem.STORAGE_HOST_OF_BUCKET_UNKNOWN;
        }
        return Problem.STORAGE_HOST_UNKNOWN;
    }

    private static boolean resolves(String host) {
        try {
            return InetAddress.getByName(host) != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private String hostOfBucket() {
        return options.bucket().bucket() + "." + server;
    }

    private String withoutKeys(SdkException failure) {
        S3Options.Credentials keys = options.credentials();
        String message = Objects.requireNonNullElse(
                failure.getMessage(), failure.getClass().getSimpleName());
        return message.replace(keys.secretKey(), "…").replace(keys.accessKey(), "…");
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> wanted) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (wanted.isInstance(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean messageContains(Throwable failure, String words) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (Objects.requireNonNullElse(cause.getMessage(), "")
                    .toLowerCase(Locale.ROOT)
                    .contains(words)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
