package dev.tidemark.app.updates;

import dev.tidemark.app.model.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLConnection;
import java.time.Duration;

/**
 * Downloads a {@link ReleaseInfo}. The request reveals nothing about the user, the library or this version.
 * Thread-safe.
 */
final class ReleaseInfoClient {
    private static final int LARGEST = 64 * 1024;
    private static final int BLOCK = 8 * 1024;

    private final Duration timeout;

    /** @param timeout the timeout for connecting and for each read. The whole download can take about twice as long. */
    ReleaseInfoClient(Duration timeout) {
        this.timeout = timeout;
    }

    /**
     * Downloads the announcement.
     *
     * @param address an https address, or an http address of this machine
     * @throws ProblemException if the server is unreachable or its answer is not an announcement
     */
    ReleaseInfo fetch(URI address) {
        try {
            URLConnection opened = address.toURL().openConnection();
            if (!(opened instanceof HttpURLConnection connection)) {
                throw new ProblemException("settings.updates", address);
            }
            try {
                return ReleaseInfo.parse(read(connection, address))
                        .orElseThrow(() -> new ProblemException("updates.answer", address.getHost()));
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            throw new ProblemException(e, "updates.unreachable", address.getHost());
        }
    }

    private byte[] read(HttpURLConnection connection, URI address) throws IOException {
        long end = System.nanoTime() + timeout.multipliedBy(2).toNanos();
        connection.setConnectTimeout((int) timeout.toMillis());
        connection.setReadTimeout((int) timeout.toMillis());
        connection.setUseCaches(false);
        connection.setRequestProperty("Accept", "application/json");
        connection.setRequestProperty("User-Agent", "Tidemark");
        if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
            throw new ProblemException(
                    "updates.status", address.getHost(), Integer.toString(connection.getResponseCode()));
        }
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (InputStream input = connection.getInputStream()) {
            byte[] block = new byte[BLOCK];
            for (int read = input.read(block); read >= 0; read = input.read(block)) {
                answer.write(block, 0, read);
                if (answer.size() > LARGEST) {
                    throw new ProblemException("updates.answer", address.getHost());
                }
                if (System.nanoTime() > end) {
                    throw new ProblemException("updates.unreachable", address.getHost());
                }
            }
        }
        return answer.toByteArray();
    }
}
