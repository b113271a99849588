package dev.tidemark.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Builds the packages of the system on which it runs. Maven runs the class for {@code mvn -pl installer -am package
 * -Pinstaller}. It first deletes the output of an earlier run.
 */
public final class Packaging {
    private Packaging() {}

    /**
     * Builds all packages.
     *
     * @param arguments the folder of the jars, the folder {@code installer}, the output folder, and the version
     * @throws IOException if a file cannot be read or written
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 4) {
            throw new IllegalArgumentException("Expected: jars installer-folder output-folder version");
        }
        Path jars = Path.of(arguments[0]);
        Path sources = Path.of(arguments[1]);
        Path output = Path.of(arguments[2]);
        Version version = Version.ofProject(arguments[3]);
        Folders.delete(output);
        Files.createDirectories(output);
        String system = Platform.current().name().toLowerCase(Locale.ROOT);
        Path bill = jars.resolve(Licences.BILL_PATH);
        BillOfMaterials.release(bill, version);
        Files.copy(bill, output.resolve(version.fileName(system, ".cdx.json")));
        Path image = new ProgramImage(jars, sources, output, version).build();
        switch (Platform.current()) {
            case LINUX -> {
                PortableArchive.write(image, output, version);
                LinuxTree tree = LinuxTree.create(image, sources, output, version);
                DebianPackage.write(tree, sources, output, version);
                RpmPackage.write(tree, sources, output, version);
            }
            case WINDOWS, MACOS -> SystemInstaller.write(image, sources, output, version);
        }
    }
}
