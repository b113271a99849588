package dev.tidemark.app.shell;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Serves a bucket in one region. Rejects requests signed for another region, and names the right one. */
final class RegionalServer implements AutoCloseable {
    private static final Pattern SIGNED_FOR = Pattern.compile("Credential=[^/]+/\\d+/([^/]+)/s3/");
    private static final Pattern PREFIX = Pattern.compile("(?:^|&)prefix=([^&]*)");

    private final String region;
    private final HttpServer server;
    private final Map<String, byte[]> objects = new TreeMap<>();

    RegionalServer(String region) throws IOException {
        this.region = region;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("x-amz-bucket-region", region);
            Matcher signed = SIGNED_FOR.matcher(
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            if (!signed.find() || !signed.group(1).equals(region)) {
                send(
                        exchange,
                        400,
                        "<Error><Code>AuthorizationHeaderMalformed</Code><Region>" + region + "</Region></Error>");
                return;
            }
            // Without the bucket, which stands first.
            String key = exchange.getRequestURI().getPath().replaceFirst("^/[^/]*/?", "");
            exchange.getResponseHeaders().set("ETag", tag(objects.getOrDefault(key, body)));
            switch (exchange.getRequestMethod()) {
                case "PUT" -> {
                    objects.put(key, body);
                    exchange.getResponseHeaders().set("ETag", tag(body));
                    send(exchange, 200, "");
                }
                case "DELETE" -> {
                    objects.remove(key);
                    exchange.sendResponseHeaders(204, -1);
                }
                default -> {
                    byte[] content = objects.get(key);
                    if (key.isEmpty()) {
                        send(exchange, 200, listing(exchange.getRequestURI().getQuery()));
                    } else if (content == null) {
                        send(exchange, 404, "<Error><Code>NoSuchKey</Code></Error>");
                    } else {
                        exchange.sendResponseHeaders(200, content.length);
                        exchange.getResponseBody().write(content);
                    }
                }
            }
        }
    }

    private static String tag(byte[] content) throws IOException {
        try {
            return '"'
                    + HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content))
                    + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }

    private String listing(String query) {
        Matcher prefix = PREFIX.matcher(query);
        String wanted = prefix.find() ? prefix.group(1) : "";
        return objects.entrySet().stream()
                .filter(object -> object.getKey().startsWith(wanted))
                .map(object -> "<Contents><Key>" + object.getKey() + "</Key><Size>" + object.getValue().length
                        + "</Size></Contents>")
                .collect(Collectors.joining(
                        "",
                        "<ListBucketResult><Name>notes</Name><IsTruncated>false</IsTruncated>",
                        "</ListBucketResult>"));
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
