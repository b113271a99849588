package dev.tidemark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.proof.Proof;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine works as a named module, below a module of a few lines. */
class ModuleTest {
    private static final String DESCRIPTOR = """
        module com.example.notes {
            requires dev.tidemark.engine;
            opens com.example.notes to dev.tidemark.engine;
        }
        """;

    private static final String PROGRAM = """
        package com.example.notes;
        import dev.tidemark.engine.*;
        import dev.tidemark.engine.encryption.Encryption;
        import dev.tidemark.engine.problem.TidemarkException;
        import dev.tidemark.engine.storage.*;
        import dev.tidemark.engine.storage.s3.*;
        import dev.tidemark.engine.remote.RemoteLibrary;
        import java.time.InstantSource;
        import java.util.UUID;

        class Main {
            record Note(UUID id, String title) {}

            public static void main(String[] arguments) {
                Schema schema = Schema.builder()
                        .migration("notes", "CREATE TABLE note(id BLOB PRIMARY KEY NOT NULL, title TEXT)")
                        .synced("note")
                        .build();
                try (Database database = Database.openTemporary(schema); MemoryStorage storage = new MemoryStorage()) {
                    database.write(tx -> tx.save("note", new Note(null, "Buy milk")));
                    System.out.println(database.one(Query.of("SELECT * FROM note").as(Note.class)).title());
                    Encryption on = Encryption.passphrase(() -> "four words are enough".toCharArray(), code -> {});
                    print("encryption", () -> RemoteLibrary.open(database, on.wrap(storage)).sync());
                    StorageUrl.Bucket bucket = new StorageUrl.Bucket("notes", "", "http://127.0.0.1:9", "eu");
                    print("bucket", () -> S3Storage.open(S3Options.of(bucket, new S3Options.Credentials("ann", "hush")))
                            .list("", null));
                }
            }

            private static void print(String what, Runnable work) {
                try {
                    work.run();
                    System.out.println(what + ": works");
                } catch (TidemarkException e) {
                    System.out.println(what + ": " + e.code());
                }
            }
        }
        """;

    @TempDir
    Path folder;

    private static String modulePath(Stream<Path> optional) throws Exception {
        return Stream.of(Stream.of(EngineJars.classes()), EngineJars.required().stream(), optional)
                .flatMap(jars -> jars)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** What the compiler says; nothing if it succeeds. */
    private String compile(String program) throws Exception {
        Files.writeString(folder.resolve("module-info.java"), DESCRIPTOR);
        Files.writeString(folder.resolve("Main.java"), program);
        StringWriter said = new StringWriter();
        PrintWriter output = new PrintWriter(said, true);
        ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        output,
                        output,
                        "--module-path",
                        modulePath(Stream.empty()),
                        "-d",
                        folder.resolve("classes").toString(),
                        folder.resolve("module-info.java").toString(),
                        folder.resolve("Main.java").toString());
        return said.toString();
    }

    private List<String> run(String modulePath, String... options) throws Exception {
        Path output = folder.resolve("output.txt");
        List<String> command = Stream.of(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "--enable-native-access=org.xerial.sqlitejdbc,com.github.luben.zstd_jni",
                                "-Dmsgpack.universal-buffer=true",
                                "-Djava.io.tmpdir=" + folder,
                                "--module-path",
                                folder.resolve("classes") + File.pathSeparator + modulePath),
                        Stream.of(options),
                        Stream.of("--module", "com.example.notes/com.example.notes.Main"))
                .flatMap(words -> words)
                .toList();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("It ends").isTrue();
        return Files.readString(output)
                .lines()
                .filter(line -> !line.startsWith("SLF4J"))
                .toList();
    }

    @Test
    void exportsExactlyThePublicPackages() throws Exception {
        ModuleDescriptor module = ModuleFinder.of(EngineJars.classes())
                .find(PublicApi.ROOT)
                .orElseThrow()
                .descriptor();
        assertThat(module.exports()).noneMatch(ModuleDescriptor.Exports::isQualified);
        assertThat(module.exports())
                .extracting(ModuleDescriptor.Exports::source)
                .containsExactlyInAnyOrderElementsOf(PublicApi.PACKAGES);
    }

    @Test
    void aModularProgramCompilesAndRuns() throws Exception {
        assertThat(compile(PROGRAM)).isEmpty();
        assertThat(run(modulePath(Stream.empty())))
                .containsExactly("Buy milk", "encryption: sync.encryption-missing", "bucket: storage.sdk-missing");
    }

    @Proof
    @Test
    void bucketsAndEncryptionWorkWithTheirModules() throws Exception {
        assertThat(compile(PROGRAM)).isEmpty();
        String modulePath = modulePath(EngineJars.optional().stream());
        assertThat(run(modulePath, "--add-modules", "org.bouncycastle.provider"))
                .containsExactly("Buy milk", "encryption: works", "bucket: storage.nothing-listens");
    }

    @Proof
    @Test
    void aModularProgramThatUsesAnInternalClassDoesNotCompile() throws Exception {
        String program =
                PROGRAM.replace("import java.util.UUID;", "import dev.tidemark.engine.internal.store.SqliteDatabase;");
        assertThat(compile(program)).contains("package dev.tidemark.engine.internal.store is not visible");
    }
}
