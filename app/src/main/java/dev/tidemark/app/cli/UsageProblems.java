package dev.tidemark.app.cli;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what was not understood, in the person's language; Picocli itself speaks English only. */
final class UsageProblems {
    private UsageProblems() {}

    static String sentence(ParameterException failure) {
        return switch (failure) {
            case UnmatchedArgumentException unmatched -> unmatched(unmatched);
            case MissingParameterException missing -> missing(missing);
            case OverwrittenOptionException twice -> Texts.get("usage.twice", name(twice.getOverwritten()));
            default -> String.valueOf(failure.getMessage());
        };
    }

    private static String unmatched(UnmatchedArgumentException failure) {
        String first = failure.getUnmatched().getFirst();
        boolean isCommand = failure.getCommandLine().getParent() == null;
        if (failure.isUnknownOption()) {
            return Texts.get("usage.unknownOption", first);
        }
        return Texts.get(isCommand ? "usage.unknownCommand" : "usage.unexpected", first);
    }

    private static String missing(MissingParameterException failure) {
        List<ArgSpec> missing = failure.getMissing();
        return Texts.get(
                "usage.missing", missing.stream().map(UsageProblems::name).collect(Collectors.joining(", ")));
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }
}
