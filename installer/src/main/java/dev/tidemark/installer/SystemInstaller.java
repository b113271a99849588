package dev.tidemark.installer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Builds the {@code .msi} for Windows or the {@code .dmg} for macOS from a program folder, with {@code jpackage}. */
final class SystemInstaller {
    /**
     * From this code, Windows recognises that a higher version replaces the installed version. It must never change.
     */
    private static final String UPGRADE_CODE = "5b1f4f38-9a0e-4c5b-8f0e-6f3c2d8b7a41";

    private SystemInstaller() {}

    static void write(Path image, Path sources, Path output, Version version) throws IOException {
        boolean windows = Platform.current() == Platform.WINDOWS;
        Signing signing = new Signing(Platform.current(), System.getenv());
        signing.signPrograms(image);
        List<String> arguments = new ArrayList<>(List.of(
                "--type",
                windows ? "msi" : "dmg",
                "--name",
                ProgramImage.WINDOW,
                "--app-image",
                image.toString(),
                "--dest",
                output.toString(),
                "--app-version",
                windows ? version.number() : version.forMac(),
                "--vendor",
                "Tidemark contributors",
                "--license-file",
                sources.resolve("../LICENSE").normalize().toString()));
        arguments.addAll(windows ? forWindows(sources) : signing.macOptions());
        Tool.ofJdk("jpackage", arguments);
        signing.signPackages(output);
    }

    /**
     * Returns options that install for one user, which needs no administrator, and add the program to the start menu.
     */
    private static List<String> forWindows(Path sources) {
        return List.of(
                "--file-associations",
                ProgramImage.fileType(sources),
                "--win-per-user-install",
                "--win-menu",
                "--win-menu-group",
                "Tidemark",
                "--win-shortcut-prompt",
                "--win-dir-chooser",
                "--win-upgrade-uuid",
                UPGRADE_CODE);
    }
}
