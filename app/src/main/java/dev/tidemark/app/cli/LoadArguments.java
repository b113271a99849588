package dev.tidemark.app.cli;

import dev.tidemark.engine.Durability;
import dev.tidemark.engine.load.LoadMix;
import dev.tidemark.engine.load.LoadPhase;
import dev.tidemark.engine.load.LoadProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Parses the options of {@code bench load}. Reports errors in the user's language. */
final class LoadArguments {
    /** Thrown for an invalid option. The message is a complete sentence. */
    static final class BadOptionException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadOptionException(String key, @Nullable Object... arguments) {
            super(CliMessages.get(key, arguments));
        }

        BadOptionException(Exception cause, String key, @Nullable Object... arguments) {
            super(CliMessages.get(key, arguments), cause);
        }
    }

    private static final Pattern FOR_DATABASE = Pattern.compile("(\\d{1,4}):(.*)");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final int MAX_DATABASES = 100;
    private static final int MAX_WORKERS = 100;
    private static final Duration MAX_DURATION = Duration.ofDays(7);

    private final int databases;
    private final Map<Integer, LoadMix> mixes = new HashMap<>();

    LoadArguments(String databases) {
        this.databases = (int) number("--databases", databases, 1, MAX_DATABASES);
    }

    /**
     * Returns the phases of each database. If the user gave no phases, each database has one phase of the given
     * duration.
     */
    List<List<LoadPhase>> phases(List<String> mixTexts, List<String> phaseTexts, @Nullable String duration) {
        mixTexts.forEach(this::addMix);
        if (phaseTexts.isEmpty()) {
            Duration whole = duration("--duration", duration == null ? "10s" : duration);
            return everyDatabase(number -> List.of(LoadPhase.lasting(whole, mixOf(number))));
        }
        if (duration != null) {
            throw new BadOptionException("load.durationAndPhase");
        }
        List<List<LoadPhase>> phases = everyDatabase(number -> new ArrayList<>());
        phaseTexts.forEach(text -> addPhase(text, phases));
        for (int number = 1; number <= databases; number++) {
            if (phases.get(number - 1).isEmpty()) {
                throw new BadOptionException("load.noPhase", number);
            }
        }
        return phases;
    }

    private List<List<LoadPhase>> everyDatabase(IntFunction<List<LoadPhase>> created) {
        return IntStream.rangeClosed(1, databases).mapToObj(created).toList();
    }

    private LoadMix mixOf(int database) {
        LoadMix common = mixes.getOrDefault(0, LoadMix.DEFAULT);
        return mixes.getOrDefault(database, common);
    }

    private void addMix(String text) {
        Matcher forOne = FOR_DATABASE.matcher(text);
        boolean one = forOne.matches();
        mixes.put(one ? database("--mix", forOne.group(1)) : 0, mix("--mix", one ? forOne.group(2) : text));
    }

    /** Parses {@code [DATABASE:]DURATION[:MIX]}. */
    private void addPhase(String text, List<List<LoadPhase>> phases) {
        Matcher forOne = FOR_DATABASE.matcher(text);
        boolean one = forOne.matches();
        String rest = one ? forOne.group(2) : text;
        int colon = rest.indexOf(':');
        Duration length = duration("--phase", colon < 0 ? rest : rest.substring(0, colon));
        LoadMix own = colon < 0 ? null : mix("--phase", rest.substring(colon + 1));
        int first = one ? database("--phase", forOne.group(1)) : 1;
        int last = one ? first : databases;
        for (int number = first; number <= last; number++) {
            phases.get(number - 1).add(LoadPhase.lasting(length, own == null ? mixOf(number) : own));
        }
    }

    private int database(String option, String text) {
        int number = Integer.parseInt(text);
        if (number < 1 || number > databases) {
            throw new BadOptionException("load.noDatabase", option, text, databases);
        }
        return number;
    }

    private static LoadMix mix(String option, String text) {
        try {
            return LoadMix.parse(text);
        } catch (IllegalArgumentException e) {
            throw new BadOptionException(e, "load.badMix", option, text);
        }
    }

    static Duration duration(String option, String text) {
        Matcher parts = DURATION.matcher(text.strip());
        if (parts.matches()) {
            long count = Long.parseLong(parts.group(1));
            Duration duration = switch (parts.group(2)) {
                case "ms" -> Duration.ofMillis(count);
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                default -> Duration.ofHours(count);
            };
            if (!duration.isZero() && duration.compareTo(MAX_DURATION) <= 0) {
                return duration;
            }
        }
        throw new BadOptionException("load.badDuration", option, text);
    }

    static Durability durability(String text) {
        return switch (text) {
            case "always" -> Durability.ALWAYS;
            case "group" -> Durability.GROUP;
            case "none" -> Durability.NONE;
            default -> {
                if (text.startsWith("interval=")) {
                    yield Durability.interval(duration("--durability", text.substring("interval=".length())));
                }
                throw new BadOptionException("load.badDurability", text);
            }
        };
    }

    static int workers(String text) {
        return (int) number("--workers", text, 1, MAX_WORKERS);
    }

    static int documentSize(String text) {
        return (int) number("--document-size", text, LoadProfile.SMALLEST, LoadProfile.LARGEST);
    }

    static long seed(String text) {
        return number("--seed", text, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private static long number(String option, String text, long least, long most) {
        try {
            long number = Long.parseLong(text.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new BadOptionException(e, "load.badNumber", option, text, "" + least, "" + most);
        }
        // Passes the limits as text, because the message format would add thousands separators.
        throw new BadOptionException("load.badNumber", option, text, "" + least, "" + most);
    }
}
