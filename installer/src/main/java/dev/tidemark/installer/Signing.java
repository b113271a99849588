package dev.tidemark.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Signs what Windows and macOS would else ask about before the first start, if the environment says with what. The program folder is signed
 * when it is finished and before it is packed: nothing in it may change after, and what is packed unsigned stays so.
 */
final class Signing {
    /** On macOS: the name in the certificate, behind {@code Developer ID Application:}. */
    static final String IDENTITY = "TIDEMARK_SIGNING_IDENTITY";

    /** On Windows: a program that signs the file whose name it is given. */
    static final String SIGNER = "TIDEMARK_SIGNER";

    private final Platform platform;
    private final Map<String, String> environment;

    Signing(Platform platform, Map<String, String> environment) {
        this.platform = platform;
        this.environment = environment;
    }

    /** Signs the programs of a program folder. */
    void signPrograms(Path image) throws IOException {
        if (platform == Platform.WINDOWS) {
            for (String starter : List.of(ProgramImage.WINDOW, ProgramImage.COMMANDS)) {
                sign(image.resolve(starter + ".exe"));
            }
        } else if (!macOptions().isEmpty()) {
            Tool.ofJdk("jpackage", macArguments(image));
        }
    }

    /** Signs the one file that people download; on macOS the program in it is what counts. */
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
            // jpackage makes starters that nobody may write to.
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

    /** What has jpackage sign; empty where nobody named an identity. */
    List<String> macOptions() {
        String identity = environment.getOrDefault(IDENTITY, "");
        return platform != Platform.MACOS || identity.isBlank()
                ? List.of()
                : List.of("--mac-sign", "--mac-signing-key-user-name", identity);
    }
}
