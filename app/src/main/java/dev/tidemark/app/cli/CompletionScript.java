package dev.tidemark.app.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Scripts for shells, made from the commands themselves, so that they know each command and option. Immutable. */
final class CompletionScript {
    private final String program;

    /** By the words that lead to a command, each with a blank in front: the command. */
    private final Map<String, CommandSpec> commands = new LinkedHashMap<>();

    CompletionScript(CommandSpec root) {
        program = root.name();
        collect("", root);
    }

    private void collect(String path, CommandSpec command) {
        commands.put(path, command);
        command.subcommands().forEach((name, line) -> collect(path + " " + name, line.getCommandSpec()));
    }

    private static List<String> words(CommandSpec command) {
        List<String> words = new ArrayList<>(command.subcommands().keySet());
        for (OptionSpec option : command.options()) {
            if (!option.hidden()) {
                words.add(option.longestName());
            }
        }
        return words;
    }

    /** For bash: functions as its manual describes under "Programmable Completion". Files where nothing else fits. */
    String bash() {
        String paths = commands.keySet().stream()
                .filter(path -> !path.isEmpty())
                .map(path -> '"' + path + '"')
                .collect(Collectors.joining("|"));
        String cases = commands.entrySet().stream()
                .map(entry -> "    \"" + entry.getKey() + "\") words=\"" + String.join(" ", words(entry.getValue()))
                        + "\" ;;\n")
                .collect(Collectors.joining());
        return """
            _%1$s() {
              local word path="" words="" index
              for ((index = 1; index < COMP_CWORD; index++)); do
                word="${COMP_WORDS[index]}"
                case "$path $word" in
                  %2$s) path="$path $word" ;;
                esac
              done
              case "$path" in
            %3$s  esac
              COMPREPLY=($(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _%1$s %1$s
            """.formatted(program, paths, cases);
    }

    /** For zsh, which can take those of bash. */
    String zsh() {
        return "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n" + bash();
    }

    /** For fish: a line for each word, with what it means. */
    String fish() {
        StringBuilder script = new StringBuilder();
        commands.forEach((path, command) -> {
            String condition = condition(path, command);
            command.subcommands().forEach((name, line) -> line(script, condition, "-f -a " + name, description(line)));
            for (OptionSpec option : command.options()) {
                String name = option.longestName();
                if (!option.hidden() && name.startsWith("--")) {
                    String[] description = option.description();
                    line(
                            script,
                            condition,
                            "-l " + name.substring(2) + (option.arity().max() > 0 ? " -r" : ""),
                            description.length == 0 ? "" : description[0]);
                }
            }
        });
        return script.toString();
    }

    private void line(StringBuilder script, String condition, String what, String description) {
        script.append("complete -c ")
                .append(program)
                .append(" -n '")
                .append(condition)
                .append("' ")
                .append(what)
                .append(" -d '")
                .append(description.replace("\\", "\\\\").replace("'", "\\'"))
                .append("'\n");
    }

    private static String condition(String path, CommandSpec command) {
        if (path.isEmpty()) {
            return "__fish_use_subcommand";
        }
        String seen = java.util.Arrays.stream(path.strip().split(" ", -1))
                .map(word -> "__fish_seen_subcommand_from " + word)
                .collect(Collectors.joining("; and "));
        return command.subcommands().isEmpty()
                ? seen
                : seen + "; and not __fish_seen_subcommand_from "
                        + String.join(" ", command.subcommands().keySet());
    }

    private static String description(CommandLine line) {
        String[] description = line.getCommandSpec().usageMessage().description();
        return description.length == 0 ? "" : description[0];
    }
}
