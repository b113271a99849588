package dev.tidemark.app.diagnostics;

import dev.tidemark.app.model.ProblemException;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.TidemarkException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Computes a short code of a failure that is the same in every language and on every machine. A known problem has its
 * own code. If another problem caused it, a slash and the code of the cause follow. The code of any other failure is
 * {@code E-} and a checksum of its stack trace. Thread-safe.
 */
public final class ErrorCode {
    private static final int FRAMES = 8;
    private static final int DIGITS = 0xffffff;

    private ErrorCode() {}

    /** Returns the code, which is never empty and contains no text of the user. */
    public static String of(Throwable failure) {
        return switch (failure) {
            case TidemarkException known -> known.code() + reason(known);
            case ProblemException known -> known.key();
            default -> "E-%06X".formatted(checksum(failure));
        };
    }

    private static String reason(TidemarkException known) {
        return known.arguments().stream()
                .filter(Problem.class::isInstance)
                .map(argument -> "/" + ((Problem) argument).code())
                .findFirst()
                .orElse("");
    }

    /** Hashes only types and methods, because line numbers differ between versions, and messages between users. */
    private static long checksum(Throwable failure) {
        CRC32 sum = new CRC32();
        int depth = 0;
        for (Throwable each = failure; each != null && depth < FRAMES; each = each.getCause()) {
            add(sum, each.getClass().getName());
            StackTraceElement[] frames = each.getStackTrace();
            for (int index = 0; index < Math.min(FRAMES, frames.length); index++) {
                add(sum, frames[index].getClassName() + "." + frames[index].getMethodName());
            }
            depth++;
        }
        return sum.getValue() & DIGITS;
    }

    private static void add(CRC32 sum, String text) {
        // Java numbers lambdas and proxies in the order of their creation, which differs in each run.
        sum.update(text.replaceAll("[$/]?(0x)?[0-9a-f]*\\d+", "").getBytes(StandardCharsets.UTF_8));
    }
}
