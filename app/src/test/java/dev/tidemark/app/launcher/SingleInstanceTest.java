package dev.tidemark.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SingleInstanceTest {
    @TempDir
    private Path folder;

    @Test
    void aSecondStartBringsTheFirstForward() throws InterruptedException {
        CountDownLatch shown = new CountDownLatch(2);
        try (SingleInstance first = SingleInstance.acquire(folder).orElseThrow()) {
            first.onShow(shown::countDown);
            assertThat(SingleInstance.acquire(folder)).isEmpty();
            assertThat(SingleInstance.acquire(folder)).isEmpty();
            assertThat(shown.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aStartThatAsksBeforeTheWindowIsThereIsNotForgotten() throws InterruptedException {
        CountDownLatch shown = new CountDownLatch(1);
        try (SingleInstance first = SingleInstance.acquire(folder).orElseThrow()) {
            assertThat(SingleInstance.acquire(folder)).isEmpty();
            first.onShow(shown::countDown);
            assertThat(shown.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whoCameFirstCanLetGo() {
        SingleInstance first = SingleInstance.acquire(folder).orElseThrow();
        first.close();
        first.close();
        try (SingleInstance second = SingleInstance.acquire(folder).orElseThrow()) {
            assertThat(SingleInstance.acquire(folder)).isEmpty();
            assertThat(second).isNotNull();
        }
    }

    @Test
    void whatAKilledWindowLeftBehindIsNoHindrance() throws IOException {
        Files.createFile(folder.resolve("window.lock"));
        Files.createFile(folder.resolve("window.socket"));
        Files.writeString(
                folder.resolve("window.address"),
                folder.resolve("window.socket").toString());
        Optional<SingleInstance> hold = SingleInstance.acquire(folder);
        assertThat(hold).isPresent();
        hold.orElseThrow().close();
    }

    @Test
    void worksInAFolderWhoseNameIsTooLongForASocket() throws IOException {
        Path deep =
                Files.createDirectories(folder.resolve("a-long-name".repeat(10)).resolve("and another one"));
        try (SingleInstance first = SingleInstance.acquire(deep).orElseThrow()) {
            assertThat(SingleInstance.acquire(deep)).isEmpty();
            assertThat(first).isNotNull();
        }
    }

    @Test
    void profilesDoNotDisturbEachOther() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        try (SingleInstance one = SingleInstance.acquire(folder).orElseThrow();
                SingleInstance two = SingleInstance.acquire(other).orElseThrow()) {
            assertThat(one).isNotSameAs(two);
        }
    }
}
