package dev.tidemark.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Signs programs and packages, so that Windows and macOS do not warn before the first start. Environment variables name
 * the signer. If there is none, nothing is signed. The program folder is signed after it is complete and before it is
 * packed, because later changes would break the signature.
 */
final class Signing {
    /** The variable for macOS: the name in the certificate after {@code Developer ID Application:}. */
    static final String IDENTITY = "TIDEMARK_SIGNING_IDENTITY";

    /** The variable for Windows: a program that signs the file whose name it receives as its argument. */
    static final String SIGNER = "TIDEMARK_SIGNER";

    private final Platform platform;
    private final Map<String, String> environment;

    Signing(Platform platform, Map<String, String> environment) {
        this.platform = platform;
        this.environment = environment;
    }

    /** Signs the programs in a program folder. */
    void signPrograms(Path image) throws IOException {
        if (platform == Platform.WINDOWS) {
            for (String starter : List.of(ProgramImage.WINDOW, ProgramImage.COMMANDS)) {
                sign(image.resolve(starter + ".exe"));
            }
        } else if (!macOptions().isEmpty()) {
            Tool.ofJdk("jpackage", macArguments(image));
        }
    }

    /** Signs the packages on Windows. On macOS, the signature of the program inside is sufficient. */
    void signPackages(Path folder) throws IOException {
        if (platform == Platform.WINDOWS) {
            try (var files = Files.newDirectoryStream(folder, "*.msi")) {
                for (Path file : files) {
                    sign(file);
                }
            }
        }
    }

    private void sign(Path file) throws IOException {
        String signer = environment.getOrDefault(SIGNER, "");
        if (!signer.isBlank()) {
            // jpackage creates read-only starters.
            if (!file.toFile().setWritable(true)) {
                throw new IOException(file + " cannot be made writable");
            }
            Tool.run(signer, List.of(file.toString()));
        }
    }

    private List<String> macArguments(Path image) {
        return Stream.concat(Stream.of("--type", "app-image", "--app-image", image.toString()), macOptions().stream())
                .toList();
    }

    /** Returns the options with which jpackage signs; empty if there is no identity. */
    List<String> macOptions() {
        String identity = environment.getOrDefault(IDENTITY, "");
        return platform != Platform.MACOS || identity.isBlank()
                ? List.of()
                : List.of("--mac-sign", "--mac-signing-key-user-name", identity);
    }
}
