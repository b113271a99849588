package dev.tidemark.engine.load;

import java.util.SplittableRandom;

/** Generates text that compresses about as well as text that users write. Not thread-safe. */
final class LoadText {
    private static final String[] SYLLABLES =
            "an ber cal den er fin gar hol in jor ket lan mer nor ol per qui ras sen ter un ver wil xan yor zen"
                    .split(" ");
    private static final int SOURCE = 1 << 16;

    private final String source;

    LoadText(SplittableRandom random, int longest) {
        int length = Math.max(SOURCE, longest * 2);
        StringBuilder text = new StringBuilder(length + 16);
        while (text.length() < length) {
            for (int syllable = 1 + random.nextInt(4); syllable > 0; syllable--) {
                text.append(SYLLABLES[random.nextInt(SYLLABLES.length)]);
            }
            text.append(random.nextInt(9) == 0 ? ". " : " ");
        }
        source = text.toString();
    }

    /** Returns text of exactly this length. */
    String of(int length, SplittableRandom random) {
        int start = random.nextInt(source.length() - length);
        return source.substring(start, start + length);
    }
}
