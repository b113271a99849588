package dev.tidemark.app.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Generates completion scripts for bash, zsh and fish from the command specifications. Immutable. */
final class CompletionScript {
    private final String program;

    /** The commands, keyed by path. Each word of a path has a leading blank. */
    private final Map<String, CommandSpec> commands = new LinkedHashMap<>();

    CompletionScript(CommandSpec root) {
        program = root.name();
        collect("", root);
    }

    private void collect(String path, CommandSpec command) {
        commands.put(path, command);
        shown(command).forEach((name, part) -> collect(path + " " + name, part));
    }

    /** Returns the subcommands that are not hidden, keyed by name. */
    private static Map<String, CommandSpec> shown(CommandSpec command) {
        Map<String, CommandSpec> shown = new LinkedHashMap<>();
        command.subcommands().forEach((name, line) -> {
            if (!line.getCommandSpec().usageMessage().hidden()) {
                shown.put(name, line.getCommandSpec());
            }
        });
        return shown;
    }

    private static List<String> words(CommandSpec command) {
        List<String> words = new ArrayList<>(shown(command).keySet());
        for (OptionSpec option : command.options()) {
            if (!option.hidden()) {
                words.add(option.longestName());
            }
        }
        return words;
    }

    /** Returns a bash function and the command that registers it. Bash completes file names if no word matches. */
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

    /**
     * Returns a zsh script that wraps the bash function. Users can source the script, or install it as the file {@code
     * _tidemark} in a folder of {@code $fpath}. Zsh runs an installed file only at the first completion, so the script
     * also answers this completion.
     */
    String zsh() {
        return """
            #compdef %1$s
            [[ $funcstack[1] = _%1$s ]] || { autoload -U +X compinit && compinit }
            autoload -U +X bashcompinit && bashcompinit
            %2$s[[ $funcstack[1] != _%1$s ]] || _bash_complete -o default -F _%1$s
            """.formatted(program, bash());
    }

    /** Returns a fish script with one line for each word and its description. */
    String fish() {
        StringBuilder script = new StringBuilder(fishPath());
        commands.forEach((path, command) -> {
            String condition = "test (__" + program + "_path) = \"" + path + "\"";
            shown(command).forEach((name, part) -> line(script, condition, "-f -a " + name, description(part)));
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

    /**
     * Returns a fish function that prints the path of the command before the cursor. The path of the program is empty.
     */
    private String fishPath() {
        String paths = commands.keySet().stream()
                .filter(path -> !path.isEmpty())
                .map(path -> '"' + path + '"')
                .collect(Collectors.joining(" "));
        return """
            function __%1$s_path
              set -l path ""
              for word in (commandline -opc)[2..-1]
                switch "$path $word"
                  case %2$s
                    set path "$path $word"
                end
              end
              echo "$path"
            end
            """.formatted(program, paths);
    }

    private void line(StringBuilder script, String condition, String word, String description) {
        script.append("complete -c ")
                .append(program)
                .append(" -n '")
                .append(condition)
                .append("' ")
                .append(word)
                .append(" -d '")
                .append(description.replace("\\", "\\\\").replace("'", "\\'"))
                .append("'\n");
    }

    private static String description(CommandSpec command) {
        String[] description = command.usageMessage().description();
        return description.length == 0 ? "" : description[0];
    }
}
