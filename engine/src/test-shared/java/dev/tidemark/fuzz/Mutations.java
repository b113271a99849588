package dev.tidemark.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Runs a fuzz target on mutations of valid inputs. Builds run it briefly with a fixed seed, so they never fail at
 * random; {@code tidemark.fuzz.seed} and {@code tidemark.fuzz.rounds} change that, and {@code .ci/fuzz} runs the same
 * targets under Jazzer.
 */
public final class Mutations {
    private static final long SEED = Long.getLong("tidemark.fuzz.seed", 20_261_123);
    private static final int ROUNDS = Integer.getInteger("tidemark.fuzz.rounds", 500);
    private static final int MAX_INSERTED = 16;
    private static final byte[] EDGES = {0, 1, -1, Byte.MIN_VALUE, Byte.MAX_VALUE, '"', '\n', (byte) 0xc6, (byte) 0xdd};

    /** Controls, letters that change their length with their case, directions, and what has no glyph of its own. */
    private static final List<byte[]> ODD = corpus(
            "\u001b",
            "\u007f",
            "\u0085",
            "\u009b",
            "\u00a0",
            "\u00ad",
            "\u0130",
            "\u0131",
            "\u2028",
            "\u202e",
            "\u2066",
            "\ufeff",
            "\uff10",
            "\uffff",
            "\ud83d\uded2",
            "\udbff\udfff");

    private Mutations() {}

    /** Something that may throw only for a defect. */
    @FunctionalInterface
    public interface Target {
        void accept(byte[] input) throws Exception;
    }

    /** Sound inputs that are text. */
    public static List<byte[]> corpus(String... texts) {
        return Stream.of(texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** An input as text. Half of a surrogate pair, which UTF-8 lacks, replaces the bytes that are not UTF-8. */
    public static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8).replace('\ufffd', '\ud800');
    }

    /**
     * Calls a target with each input, then with mutations of them.
     *
     * @param corpus sound inputs, at least one
     * @throws AssertionError if the target throws; it names the seed and the input
     */
    public static void run(List<byte[]> corpus, Target target) {
        run(corpus, 1, target);
    }

    /**
     * Calls a target that takes milliseconds a call.
     *
     * @param cost by which the rounds are divided
     */
    public static void run(List<byte[]> corpus, int cost, Target target) {
        Random random = new Random(SEED);
        corpus.forEach(input -> call(target, input));
        for (int round = 0; round < ROUNDS / cost; round++) {
            byte[] input = corpus.get(random.nextInt(corpus.size()));
            for (int count = 1 + random.nextInt(4); count > 0; count--) {
                input = mutate(input, corpus, random);
            }
            call(target, input);
        }
    }

    private static void call(Target target, byte[] input) {
        try {
            target.accept(input);
        } catch (Exception | Error e) {
            throw new AssertionError(
                    "Seed " + SEED + ", input " + HexFormat.of().formatHex(input) + ", " + text(input), e);
        }
    }

    private static byte[] mutate(byte[] input, List<byte[]> corpus, Random random) {
        int at = random.nextInt(input.length + 1);
        int length = random.nextInt(input.length - at + 1);
        byte[] other = corpus.get(random.nextInt(corpus.size()));
        int from = random.nextInt(other.length + 1);
        return switch (random.nextInt(7)) {
            case 0 -> changed(input, at, bytes -> bytes[at] ^= (byte) (1 << random.nextInt(Byte.SIZE)));
            case 1 -> changed(input, at, bytes -> bytes[at] = EDGES[random.nextInt(EDGES.length)]);
            case 2 -> spliced(input, at, at + Math.min(length, MAX_INSERTED), new byte[0]);
            case 3 -> spliced(input, at, at, randomBytes(random));
            case 4 -> spliced(input, at, at, Arrays.copyOfRange(input, at, at + length));
            case 5 -> spliced(input, at, at, ODD.get(random.nextInt(ODD.size())));
            default -> spliced(input, at, input.length, Arrays.copyOfRange(other, from, other.length));
        };
    }

    private static byte[] randomBytes(Random random) {
        byte[] bytes = new byte[1 + random.nextInt(MAX_INSERTED)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] changed(byte[] input, int at, Consumer<byte[]> change) {
        byte[] bytes = input.clone();
        if (at < bytes.length) {
            change.accept(bytes);
        }
        return bytes;
    }

    private static byte[] spliced(byte[] input, int from, int to, byte[] inserted) {
        byte[] bytes = Arrays.copyOf(input, from + inserted.length + input.length - to);
        System.arraycopy(inserted, 0, bytes, from, inserted.length);
        System.arraycopy(input, to, bytes, from + inserted.length, input.length - to);
        return bytes;
    }
}
