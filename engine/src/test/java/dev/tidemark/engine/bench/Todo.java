package dev.tidemark.engine.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** A row of seven columns, as in a todo application. */
record Todo(UUID id, String title, String note, int done, int priority, String due, long created) {
    private static final String[] WORDS =
            ("the a of to and in for on with at from by about into over after call buy write read send plan fix check"
                + " book order pay clean sort visit ask answer meeting report invoice garden kitchen train ticket"
                + " holiday doctor school letter project review draft budget summer winter morning evening monday"
                + " tuesday friday weekend anna peter maria john office home street paper coffee milk bread tomato"
                + " bicycle window door lamp battery cable password server backup release number photo music concert"
                + " birthday present family neighbour insurance contract bank account tax receipt chapter exercise"
                + " library museum forest river mountain lake harbour island question idea detail version change note"
                + " list item colour green blue yellow small large early late again never always quarterly unexpected"
                + " appointment documentation responsible translation")
                    .split(" ");

    /** So many rows of varied text. The same seed gives the same rows, ids included. */
    static List<Todo> some(int count, long seed) {
        Random random = new Random(seed);
        List<Todo> rows = new ArrayList<>(count);
        long time = 1_767_225_600_000L;
        for (int number = 0; number < count; number++) {
            time += random.nextInt(60_000);
            rows.add(new Todo(
                    new UUID((time << 16) | 0x7000L | (number & 0xfff), Long.MIN_VALUE | (random.nextLong() >>> 2)),
                    text(random, 30),
                    text(random, 100),
                    random.nextInt(4) == 0 ? 1 : 0,
                    random.nextInt(4),
                    random.nextInt(3) == 0
                            ? null
                            : String.format("2026-%02d-%02d", 1 + random.nextInt(12), 1 + random.nextInt(28)),
                    time));
        }
        return rows;
    }

    /** Words until about this length is reached; common words come often, and some are numbers. */
    static String text(Random random, int length) {
        StringBuilder text = new StringBuilder(length + 16);
        while (text.length() < length) {
            if (!text.isEmpty()) {
                text.append(' ');
            }
            double skewed = random.nextDouble();
            text.append(
                    random.nextInt(12) == 0
                            ? Integer.toString(random.nextInt(10_000))
                            : WORDS[(int) (skewed * skewed * WORDS.length)]);
        }
        return text.toString();
    }

    /** The columns as parameters of an INSERT. */
    Object[] parameters() {
        return new Object[] {id, title, note, done, priority, due, created};
    }
}
