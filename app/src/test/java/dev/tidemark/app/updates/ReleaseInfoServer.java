package dev.tidemark.app.updates;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Runs a real web server on this machine with scripted answers. */
public final class ReleaseInfoServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Map<String, List<String>>> requests = new CopyOnWriteArrayList<>();
    private volatile HttpHandler handler = exchange -> exchange.sendResponseHeaders(404, -1);

    /** Answers 404 until told otherwise. */
    public ReleaseInfoServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(exchange.getRequestHeaders());
        headers.put("request", List.of(exchange.getRequestMethod() + " " + exchange.getRequestURI()));
        requests.add(headers);
        try (exchange) {
            handler.handle(exchange);
        }
    }

    /** Answers so from now on. */
    public void answer(int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        handle(exchange -> {
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        });
    }

    /** Announces a version. */
    public void announce(String version) {
        answer(
                200,
                "{\"program\":\"tidemark\",\"version\":\"%s\",\"page\":\"https://example.org/tidemark\",\"more\":[1]}"
                        .formatted(version));
    }

    /** Answers in any way from now on. */
    public void handle(HttpHandler wanted) {
        handler = wanted;
    }

    /** What was asked, by the names of headers, and {@code request}. */
    public List<Map<String, List<String>>> requests() {
        return requests;
    }

    /** Where it announces. */
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/tidemark.json";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
