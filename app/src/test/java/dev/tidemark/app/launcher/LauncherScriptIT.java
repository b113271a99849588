package dev.tidemark.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.launcher.LauncherSandbox.Result;
import dev.tidemark.app.launcher.LauncherSandbox.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "./tidemark is a bash script")
class LauncherScriptIT {
    @TempDir
    Path folder;

    private LauncherSandbox sandbox;

    @BeforeEach
    void buildSandbox() throws IOException {
        sandbox = new LauncherSandbox(folder.toRealPath());
    }

    @AfterEach
    void clearSandbox() throws IOException {
        sandbox.close();
    }

    @Test
    void buildsOnFirstUseAndNotAgain() throws IOException {
        assertThat(sandbox.run("list").code()).isZero();
        assertThat(sandbox.run("list").code()).isZero();
        assertThat(sandbox.builds()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pom.xml", "app/pom.xml", "app/src/main/java/A.java", "engine/load/src/main/java/L.java"})
    void buildsAgainWhenAFileChanged(String file) throws IOException {
        sandbox.run("list");
        LauncherSandbox.write(sandbox.root.resolve(file), "second");
        sandbox.run("list");
        assertThat(sandbox.builds()).isEqualTo(2);
    }

    @Test
    void buildsAgainWhenAFileAppearedAndWhenItVanished() throws IOException {
        sandbox.run("list");
        Path added = sandbox.root.resolve("engine/src/main/java/B.java");
        LauncherSandbox.write(added, "new");
        sandbox.run("list");
        assertThat(sandbox.builds()).as("after a file appeared").isEqualTo(2);
        Files.delete(added);
        sandbox.run("list");
        assertThat(sandbox.builds()).as("after it vanished").isEqualTo(3);
    }

    @Test
    void doesNotBuildForAChangedTest() throws IOException {
        sandbox.run("list");
        LauncherSandbox.write(sandbox.root.resolve("engine/src/test/java/T.java"), "second");
        sandbox.run("list");
        assertThat(sandbox.builds()).isEqualTo(1);
    }

    @Test
    void sendsTheOutputOfTheBuildToStandardError() throws IOException {
        Result result = sandbox.run("list");
        assertThat(result.err()).contains("a line of the build");
        assertThat(result.out()).doesNotContain("a line of the build");
    }

    @Test
    void failsWithOneWhenTheBuildFails() throws IOException {
        sandbox.failBuilds();
        Result result = sandbox.run("list");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("The build failed");
    }

    @Test
    void doesNotStartAnOlderBuildWhenTheBuildFails() throws IOException {
        sandbox.run("list");
        sandbox.failBuilds();
        LauncherSandbox.write(sandbox.root.resolve("pom.xml"), "second");
        Result result = sandbox.run("list");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void worksThroughSymlinksFromAnyFolderAndStaysInIt() throws IOException {
        Path caller = Files.createDirectories(sandbox.root.resolveSibling("some where"));
        Path link = caller.resolve("link");
        Files.createSymbolicLink(link, Path.of("../a tree/tidemark"));
        Path linkToLink = caller.resolve("tm");
        Files.createSymbolicLink(linkToLink, link);
        Result result = sandbox.runIn(caller, linkToLink, "", "export", "to here.json");
        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("folder=" + caller + "\n").contains("argument=to here.json\n");
    }

    @Test
    void passesArgumentsStandardInputAndTheExitCodeAsTheyAre() throws IOException {
        sandbox.with("JAVA_EXIT", "2");
        Result result = sandbox.runIn(
                sandbox.root, sandbox.root.resolve("tidemark"), "a body\n", "add", "a  'b' *", "", "--body", "-");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out())
                .contains("argument=add\nargument=a  'b' *\nargument=\nargument=--body\nargument=-\n")
                .contains("stdin=a body\n");
    }

    @Test
    void twoFirstStartsAtOnceBuildOnce() throws Exception {
        startTwiceAtOnce();
    }

    @Test
    void twoFirstStartsAtOnceBuildOnceWithoutFlockToo() throws Exception {
        sandbox.withoutTool("flock");
        startTwiceAtOnce();
        assertThat(sandbox.root.resolve(".tidemark-build-lock")).doesNotExist();
    }

    @Test
    void aLockLeftByADeadProcessDoesNotBlock() throws Exception {
        sandbox.withoutTool("flock");
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        LauncherSandbox.write(sandbox.root.resolve(".tidemark-build-lock/owner"), dead.pid() + "\n");
        assertThat(sandbox.run("list").code()).isZero();
    }

    private void startTwiceAtOnce() throws Exception {
        sandbox.hold();
        Started first = sandbox.start(sandbox.root, sandbox.root.resolve("tidemark"), "", "list");
        LauncherSandbox.await("the first build", () -> LauncherSandbox.contains(first.err(), "a line of the build"));
        Started second = sandbox.start(sandbox.root, sandbox.root.resolve("tidemark"), "", "list");
        LauncherSandbox.await("the second start waits", () -> LauncherSandbox.contains(second.err(), "waiting for it"));
        sandbox.release();
        assertThat(first.finish().code()).isZero();
        assertThat(second.finish().code()).isZero();
        assertThat(sandbox.builds()).isEqualTo(1);
    }

    @Test
    void aBuildLeavesTheJarsOfTheOneBeforeToAnOpenWindow() throws IOException {
        String before = classPath(sandbox.run("list"));
        LauncherSandbox.write(sandbox.root.resolve("pom.xml"), "second");
        String after = classPath(sandbox.run("list"));
        assertThat(after).isNotEqualTo(before);
        for (String jar : (before + ":" + after).split(":", -1)) {
            assertThat(Path.of(jar)).exists();
        }
    }

    private static String classPath(Result result) {
        return result.out()
                .lines()
                .filter(line -> line.startsWith("flag=") && line.contains(".jar"))
                .findFirst()
                .orElseThrow()
                .substring("flag=".length());
    }

    @Test
    void onlyCommandsRunWithTheQuickCompilerAlone() throws IOException {
        String quick = "flag=-XX:TieredStopAtLevel=1";
        assertThat(sandbox.run("list").out()).contains(quick);
        assertThat(sandbox.run("--profile", "p", "list").out()).contains(quick);
        assertThat(sandbox.run("--json", "list").out()).contains(quick);
        assertThat(sandbox.run("--help").out()).contains(quick);
        assertThat(sandbox.run().out()).doesNotContain(quick);
        assertThat(sandbox.run("--profile", "p").out()).doesNotContain(quick);
        assertThat(sandbox.run("--profile=p").out()).doesNotContain(quick);
        assertThat(sandbox.run("quick").out()).doesNotContain(quick);
        assertThat(sandbox.run("quick", "Buy milk").out()).contains(quick);
        assertThat(sandbox.run("--profile", "p", "my notes.tidemark").out()).doesNotContain(quick);
        assertThat(sandbox.run("import", "my notes.tidemark").out()).contains(quick);
        assertThat(sandbox.run("--new-item").out()).doesNotContain(quick);
    }

    @Test
    void takesTidemarkJdkBeforeJavaHome() throws IOException {
        sandbox.with("JAVA_HOME", sandbox.jdk("jdk-26", "26").toString());
        assertThat(sandbox.run("list").out()).contains("java=jdk-25\n");
        assertThat(sandbox.without("TIDEMARK_JDK").run("list").out()).contains("java=jdk-26\n");
    }

    @Test
    void looksOnWhenJavaHomeIsAnOlderJava() throws IOException {
        sandbox.without("TIDEMARK_JDK")
                .with("JAVA_HOME", sandbox.jdk("jdk-17", "17.0.15").toString());
        sandbox.jdk(".jdks/jdk-99", "99.0.1");
        assertThat(sandbox.run("list").out()).contains("java=.jdks/jdk-99\n");
    }

    @Test
    void refusesATidemarkJdkThatIsTooOldOrNone() throws IOException {
        Result old = sandbox.with(
                        "TIDEMARK_JDK", sandbox.jdk("jdk-8", "1.8.0_402").toString())
                .run("list");
        assertThat(old.code()).isEqualTo(1);
        assertThat(old.err())
                .contains("Java 8")
                .contains("needs Java 25 or later")
                .hasLineCount(1);
        Result none = sandbox.with("TIDEMARK_JDK", "/does/not/exist").run("list");
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err()).contains("/does/not/exist").hasLineCount(1);
    }

    @Test
    void saysThatMavenIsMissing() throws IOException {
        Result result = sandbox.withoutTool("mvn").run("list");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("Install Maven").hasLineCount(1);
        assertThat(result.out()).isEmpty();
    }
}
