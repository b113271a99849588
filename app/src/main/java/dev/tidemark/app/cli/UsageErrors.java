package dev.tidemark.app.cli;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Translates usage errors into the user's language, because Picocli has only English messages. */
final class UsageErrors {
    private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*");

    private UsageErrors() {}

    static String sentence(ParameterException failure) {
        return switch (failure) {
            case UnmatchedArgumentException unmatched -> unmatched(unmatched);
            case MissingParameterException missing -> missing(missing);
            case OverwrittenOptionException twice -> CliMessages.get("usage.twice", name(twice.getOverwritten()));
            case MutuallyExclusiveArgsException exclusive -> CliMessages.get("usage.exclusive", options(exclusive));
            default -> value(failure);
        };
    }

    /**
     * Returns the message for an invalid value. If an exception has no argument specification, a command has created
     * and translated the message.
     */
    private static String value(ParameterException failure) {
        ArgSpec argument = failure.getArgSpec();
        if (argument == null) {
            return String.valueOf(failure.getMessage());
        }
        if (argument.typeInfo().isBoolean()) {
            return CliMessages.get("usage.noValue", name(argument));
        }
        return argument.typeInfo().isEnum()
                ? CliMessages.get(
                        "usage.choice",
                        name(argument),
                        String.join(", ", argument.typeInfo().getEnumConstantNames())
                                .toLowerCase(Locale.ROOT))
                : CliMessages.get("usage.badValue", name(argument), failure.getValue());
    }

    /** Returns the exclusive options. Picocli names them only in the message of the exception. */
    private static String options(MutuallyExclusiveArgsException failure) {
        return OPTION.matcher(String.valueOf(failure.getMessage()))
                .results()
                .map(MatchResult::group)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String unmatched(UnmatchedArgumentException failure) {
        String first = failure.getUnmatched().getFirst();
        boolean isCommand = failure.getCommandLine().getParent() == null;
        if (failure.isUnknownOption()) {
            return CliMessages.get("usage.unknownOption", first);
        }
        return CliMessages.get(isCommand ? "usage.unknownCommand" : "usage.unexpected", first);
    }

    private static String missing(MissingParameterException failure) {
        List<ArgSpec> missing = failure.getMissing();
        return CliMessages.get(
                "usage.missing", missing.stream().map(UsageErrors::name).collect(Collectors.joining(", ")));
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }
}
