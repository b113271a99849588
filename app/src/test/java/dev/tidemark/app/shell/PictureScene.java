package dev.tidemark.app.shell;

import dev.tidemark.app.checkpoints.Checkpoints;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.errors.ErrorHelp;
import dev.tidemark.app.errors.ErrorReport;
import dev.tidemark.app.errors.ErrorWindow;
import dev.tidemark.app.fx.FxExecutor;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.fx.ThemeManager;
import dev.tidemark.app.model.HiddenDataFixture;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.settings.Theme;
import dev.tidemark.app.sync.SyncState;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.encryption.RecoveryCode;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.problem.SyncException;
import dev.tidemark.engine.problem.TidemarkException;
import dev.tidemark.engine.sync.SyncStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.testfx.api.FxToolkit;

/**
 * Defines a committed screenshot: a state of a window, and the steps to it.
 *
 * @param name the prefix of the file names
 * @param fixture the window at the start
 * @param looks the appearances to draw
 * @param width the width of the picture; a window of another width than {@link #WIDE} also has another height
 * @param steps lead to the state and return the window to draw
 */
record PictureScene(String name, Fixture fixture, Set<Look> looks, int width, Steps steps) {
    static final int WIDE = 1000;

    /** What the window shows at first. */
    enum Fixture {
        LIBRARY,
        CONFLICTS,
        EMPTY
    }

    /** The theme, language and resolution of a picture. */
    enum Look {
        LIGHT(Theme.LIGHT, Locale.ENGLISH, 1),
        DARK(Theme.DARK, Locale.ENGLISH, 1),
        GERMAN(Theme.DARK, Locale.GERMAN, 1),
        /** For a screen with twice the resolution. */
        DOUBLE(Theme.LIGHT, Locale.ENGLISH, 2);

        final Theme theme;
        final Locale language;
        final int scale;

        Look(Theme theme, Locale language, int scale) {
            this.theme = theme;
            this.language = language;
            this.scale = scale;
        }
    }

    /** Leads a window to a state. */
    @FunctionalInterface
    interface Steps {
        /** Returns the window to draw. */
        Stage show(Opened opened) throws Exception;
    }

    /**
     * A window on a fixture.
     *
     * @param item the item that most pictures show; {@code null} if there is none
     * @param place a temporary folder
     */
    record Opened(OpenWindow window, Theme theme, @Nullable UUID item, Path place) {
        Screen screen() {
            return window.screen();
        }

        Stage stage() {
            return window.window().stage();
        }

        MainViewModel model() {
            return window.window().model();
        }

        Stage settings() {
            return Objects.requireNonNull(window.window().others().openedSettings())
                    .stage();
        }

        void open(ItemSource view, @Nullable UUID selected) {
            Screen.onScreen(() -> {
                model().list().show(view);
                model().list().selectedProperty().set(selected);
                return true;
            });
        }

        /** Shows all items, and the one of most pictures beside them. */
        void openItem() {
            open(new ItemSource.All(), item);
            screen().await("the item is open", () -> screen().shows("detail-title"));
            screen().await("the rows are there", () -> screen().rows().size() > 10);
            screen().await(
                            "who changed it is there",
                            () -> !screen().text("detail-changed").isEmpty());
        }

        /** Applies changes of the phone that no list shows. */
        void hide() {
            Database database = window.composition().database();
            ReplicaId phone = database.replicaNames().entrySet().stream()
                    .filter(device -> device.getValue().equals("Phone"))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow();
            HiddenDataFixture.editAll(database, phone, Objects.requireNonNull(item));
            Screen.onScreen(() -> {
                model().conflicts().refresh();
                return true;
            });
        }

        void openSyncPage() throws Exception {
            FxToolkit.setupFixture(() -> {
                window.window().openSyncPage();
                return true;
            });
        }

        /** Returns the window, in another width. */
        Stage resized(int width) {
            Screen.onScreen(() -> {
                stage().setWidth(width);
                return true;
            });
            screen().await("it has its width", () -> stage().getScene().getWidth() == width);
            return stage();
        }

        /** Presses a button, also one that would have to be scrolled to. */
        void fire(Stage stage, String id) {
            Screen.onScreen(() -> {
                ((ButtonBase) stage.getScene().lookup("#" + id)).fire();
                return true;
            });
        }

        void type(Stage stage, String id, String text) {
            Screen.onScreen(() -> {
                TextField field = (TextField) stage.getScene().lookup("#" + id);
                field.setText(text);
                field.end();
                return true;
            });
        }

        /** Has a label of the settings say something. */
        void showMessage(String id, String text) {
            Screen.onScreen(() -> {
                ((Label) settings().getScene().lookup("#" + id)).setText(text);
                return true;
            });
        }

        /** Shows this status of the sync, and its details above. */
        Stage sync(SyncStatus status) {
            openItem();
            PictureLibrary.awaitSynced(window);
            Screen.onScreen(() -> {
                window.window().sync().show(SyncState.of(status, BUCKET));
                return true;
            });
            if (status.progress() != null) {
                screen().await("it takes a while", () -> screen().shows("sync-progress"));
            }
            screen().click("sync-state");
            screen().await("the details are there", () -> screen().shows("sync-panel"));
            screen().moveAway();
            return stage();
        }
    }

    /** Opens nothing. */
    private static final String CODE = "MZRJ-GWY4-YZKE-XC7X-PDSA-9DM1-D84E";

    private static final String BUCKET = "s3://notes/ann";
    private static final Set<Look> BOTH = Set.of(Look.LIGHT, Look.DARK);
    private static final Set<Look> LIGHT = Set.of(Look.LIGHT);
    private static final Set<Look> DARK = Set.of(Look.DARK);

    /** All committed pictures. Scenes of one fixture share a window, in this order. */
    static final List<PictureScene> ALL = List.of(
            of("main", Fixture.LIBRARY, Set.of(Look.values()), opened -> {
                opened.openItem();
                return opened.stage();
            }),
            of("main", Fixture.LIBRARY, BOTH, opened -> {
                        opened.openItem();
                        return opened.resized(800);
                    })
                    .ofWidth(800),
            of("main", Fixture.LIBRARY, BOTH, opened -> {
                        opened.open(new ItemSource.All(), null);
                        awaitRows(opened, "Compare rail passes", null);
                        return opened.resized(540);
                    })
                    .ofWidth(540),
            of("quick-add", Fixture.LIBRARY, BOTH, opened -> {
                opened.openItem();
                opened.screen().click("quick-add");
                opened.type(opened.stage(), "quick-add", "call mum tomorrow 5pm #family !high /Garden every week");
                opened.screen()
                        .await(
                                "chips show what was understood",
                                () -> opened.screen().shows("understood-repeat"));
                return opened.stage();
            }),
            of("search", Fixture.LIBRARY, BOTH, opened -> {
                opened.openItem();
                opened.screen().press(KeyCode.CONTROL, KeyCode.F);
                opened.type(opened.stage(), "search", "the is:open");
                awaitRows(opened, "Return the drill to Jonas", "Compare rail passes");
                return opened.stage();
            }),
            of("today", Fixture.LIBRARY, BOTH, opened -> {
                opened.open(new ItemSource.Today(PictureLibrary.NOW.toLocalDate()), null);
                awaitRows(opened, "Call the dentist", "Compare rail passes");
                return opened.stage();
            }),
            of("upcoming", Fixture.LIBRARY, BOTH, opened -> {
                opened.open(new ItemSource.Upcoming(PictureLibrary.NOW.toLocalDate()), opened.item());
                awaitRows(opened, "Compare rail passes", "Renew library card");
                opened.screen().await("the item is open", () -> opened.screen().shows("detail-title"));
                return opened.stage();
            }),
            of("completed", Fixture.LIBRARY, BOTH, opened -> {
                opened.open(new ItemSource.Completed(), null);
                awaitRows(opened, "Renew the passport", "Compare rail passes");
                opened.screen().select("Prepare the slides for Mirjam");
                opened.screen().await("the item is open", () -> opened.screen().shows("detail-title"));
                return opened.stage();
            }),
            of("trash", Fixture.LIBRARY, BOTH, opened -> {
                opened.open(new ItemSource.Trash(), null);
                awaitRows(opened, "Draft of the speech", "Compare rail passes");
                opened.screen().select("Draft of the speech");
                opened.screen().await("the item is open", () -> opened.screen().shows("detail-title"));
                return opened.stage();
            }),
            of("note", Fixture.LIBRARY, BOTH, opened -> {
                opened.open(new ItemSource.Notes(), null);
                awaitRows(opened, PictureLibrary.WALL, "Compare rail passes");
                opened.screen().select(PictureLibrary.WALL);
                opened.screen().await("the item is open", () -> opened.screen().shows("detail-title"));
                opened.screen().click("detail-preview-toggle");
                opened.screen()
                        .await("the image is there", () -> opened.screen().shows("preview-image"));
                return opened.stage();
            }),
            of("palette", Fixture.LIBRARY, BOTH, opened -> {
                opened.openItem();
                opened.screen().press(KeyCode.CONTROL, KeyCode.K);
                opened.screen().type("b");
                opened.screen()
                        .await(
                                "something is found",
                                () -> opened.screen().texts("palette-list").contains("Inbox"));
                return opened.stage();
            }),
            of("shortcuts", Fixture.LIBRARY, BOTH, opened -> {
                opened.openItem();
                opened.screen().press(KeyCode.F1);
                opened.screen()
                        .await("the sheet is there", () -> opened.screen().shows("shortcuts"));
                return opened.stage();
            }),
            of("hover", Fixture.LIBRARY, LIGHT, opened -> {
                opened.openItem();
                opened.screen().pointAt("Compare rail passes");
                return opened.stage();
            }),
            of("selected", Fixture.LIBRARY, LIGHT, opened -> {
                opened.open(new ItemSource.All(), null);
                awaitRows(opened, "Compare rail passes", null);
                opened.screen().select("Compare rail passes");
                opened.screen().press(KeyCode.SHIFT, KeyCode.DOWN);
                opened.screen().press(KeyCode.SHIFT, KeyCode.DOWN);
                opened.screen()
                        .await("three are selected", () -> opened.screen().shows("selected-count"));
                return opened.stage();
            }),
            of("ticked", Fixture.LIBRARY, DARK, opened -> {
                UUID home = PictureLibrary.list(opened.window().composition().database(), "Home");
                opened.screen().click("list-" + home);
                awaitRows(opened, "Water the tomatoes", "Compare rail passes");
                opened.screen().click("arrange");
                opened.screen().click("arrange-show-done");
                awaitRows(opened, "Descale the kettle", null);
                opened.screen().select("Descale the kettle");
                opened.screen().await("the item is open", () -> opened.screen().shows("detail-title"));
                return opened.stage();
            }),
            of("undo", Fixture.LIBRARY, DARK, opened -> {
                opened.open(new ItemSource.All(), null);
                awaitRows(opened, "Replace the bicycle chain", null);
                opened.screen().select("Replace the bicycle chain");
                opened.screen().press(KeyCode.DELETE);
                awaitRows(opened, "Compare rail passes", "Replace the bicycle chain");
                opened.window().composition().sync().syncNow().get();
                PictureLibrary.awaitSynced(opened.window());
                opened.screen().await("undo is offered", () -> opened.screen().shows("toast-undo"));
                return opened.stage();
            }),
            of(
                    "sync-running",
                    Fixture.LIBRARY,
                    LIGHT,
                    opened -> opened.sync(status(
                            SyncStatus.State.SYNCING,
                            118,
                            new SyncStatus.Progress(SyncStatus.Progress.Phase.PUSHING, 74, 192, 340_000),
                            null,
                            null))),
            of(
                    "sync-offline",
                    Fixture.LIBRARY,
                    DARK,
                    opened -> opened.sync(status(
                            SyncStatus.State.OFFLINE,
                            3,
                            null,
                            new StorageException(Problem.STORAGE_HOST_UNKNOWN, "s3.eu-central-1.amazonaws.com"),
                            Duration.ofSeconds(48)))),
            of(
                    "sync-failed",
                    Fixture.LIBRARY,
                    LIGHT,
                    opened -> opened.sync(status(
                            SyncStatus.State.NEEDS_ATTENTION,
                            3,
                            null,
                            new StorageException(Problem.STORAGE_MAY_NOT_WRITE, "notes"),
                            Duration.ofMinutes(9)))),
            of("settings-sync", Fixture.LIBRARY, BOTH, opened -> {
                opened.openSyncPage();
                opened.screen().click("settings-sync-test");
                opened.screen()
                        .await(
                                "the test has run",
                                () -> opened.screen()
                                        .text("settings-sync-outcome")
                                        .startsWith("The connection works"));
                // How long it took differs each time.
                opened.showMessage(
                        "settings-sync-outcome", "The connection works (12 ms). Your library was not changed.");
                return opened.settings();
            }),
            of("settings-data", Fixture.LIBRARY, BOTH, opened -> {
                opened.openSyncPage();
                opened.screen().click("settings-data");
                opened.screen().await("the page is there", () -> opened.screen().shows("backups-make"));
                // They are read once, before the backup is made.
                opened.screen()
                        .await("the sizes are there", () -> opened.screen().shows("sizes-line-4"));
                opened.screen().click("backups-make");
                opened.screen()
                        .await("it is made", () -> !withId("backup-restore-").isEmpty());
                // The size of the file is not part of the picture.
                opened.showMessage(withId("backup-size-"), "1.2 MB");
                opened.screen().click(withId("backup-restore-"));
                opened.screen().await("it is planned", () -> opened.screen().shows("backups-keep"));
                return opened.settings();
            }),
            of("settings-check", Fixture.LIBRARY, BOTH, opened -> {
                opened.openSyncPage();
                opened.screen().click("settings-data");
                opened.screen().await("the page is there", () -> opened.screen().shows("check-start"));
                opened.screen().click("check-start");
                opened.screen().await("the check is done", () -> opened.screen().shows("check-line-0"));
                return opened.settings();
            }),
            of("settings-about", Fixture.LIBRARY, BOTH, opened -> {
                opened.openSyncPage();
                opened.screen().click("settings-about");
                opened.screen().await("the page is there", () -> opened.screen().shows("about-copy"));
                opened.showMessage("about-version", "1.0.0");
                return opened.settings();
            }),
            of("import", Fixture.LIBRARY, BOTH, opened -> {
                Path file = opened.place().resolve("Letters.tidemark");
                StringBuilder lines = new StringBuilder();
                for (int number = 1; number <= 9; number++) {
                    lines.append("{\"title\":\"Letter ")
                            .append(number)
                            .append(" to whom it may concern\",\"list\":\"Letters\"}\n");
                }
                Files.writeString(file, lines);
                opened.open(new ItemSource.All(), null);
                Screen.onScreen(() -> {
                    opened.window().window().openImport(file);
                    return true;
                });
                opened.screen().await("the card is there", () -> opened.screen().shows("import-take"));
                return opened.stage();
            }),
            of("settings-general", Fixture.LIBRARY, BOTH, opened -> {
                opened.window().composition().set(Setting.MOTION, "system");
                opened.openSyncPage();
                opened.screen().click("settings-general");
                opened.screen()
                        .await("it shows what is set", () -> opened.screen().isSelected("settings-motion-system"));
                return opened.settings();
            }),
            of("contrast-main", Fixture.LIBRARY, DARK, opened -> {
                opened.openItem();
                opened.window().composition().set(Setting.CONTRAST, "high");
                opened.screen()
                        .await(
                                "contrast is high",
                                () -> opened.stage()
                                        .getScene()
                                        .getStylesheets()
                                        .getFirst()
                                        .contains("high"));
                return opened.stage();
            }),
            of("conflict", Fixture.CONFLICTS, BOTH, opened -> {
                opened.openItem();
                opened.screen()
                        .await("the conflict is there", () -> opened.screen().shows("conflict-use"));
                return opened.stage();
            }),
            of("conflicts", Fixture.CONFLICTS, BOTH, opened -> {
                opened.screen()
                        .await("the sidebar counts them", () -> opened.screen().shows("view-conflicts"));
                opened.screen().click("view-conflicts");
                opened.screen().await("all are there", () -> opened.screen().shows("conflict-merge"));
                opened.fire(opened.stage(), "conflict-merge");
                opened.screen()
                        .await("the editor is there", () -> opened.screen().shows("conflict-merged"));
                return opened.stage();
            }),
            of("not-shown", Fixture.CONFLICTS, BOTH, opened -> {
                opened.hide();
                opened.screen().click("view-conflicts");
                opened.screen().await("all are there", () -> opened.screen().shows("hidden-waiting"));
                Screen.onScreen(() -> {
                    ((ScrollPane) opened.stage().getScene().lookup("#conflicts-scroll")).setVvalue(1);
                    return true;
                });
                return opened.stage();
            }),
            of("history", Fixture.CONFLICTS, BOTH, opened -> {
                opened.open(new ItemSource.History(null), null);
                opened.screen()
                        .await(
                                "it is read to its end",
                                () -> opened.screen().texts("history").stream()
                                                .anyMatch(text ->
                                                        String.valueOf(text).contains("Call the plumber"))
                                        && !opened.screen().shows("history-note"));
                return opened.stage();
            }),
            of("history-item", Fixture.CONFLICTS, BOTH, opened -> {
                opened.open(new ItemSource.History(opened.item()), null);
                opened.screen().await("it is read", () -> opened.screen().count("history-undo") > 1);
                opened.screen()
                        .await("the version is there", () -> opened.screen().shows("history-text"));
                return opened.stage();
            }),
            of("checkpoints", Fixture.CONFLICTS, BOTH, opened -> {
                new Checkpoints(
                                opened.window().composition().database(),
                                opened.window().composition().clock())
                        .create("Before the trip", "Tickets are booked.");
                opened.open(new ItemSource.Checkpoints(), null);
                opened.screen().await("it is there", () -> opened.screen().shows("checkpoint-open"));
                // The sync that uploads it warns of the data that no view shows, which an earlier scene has planted.
                opened.screen()
                        .await(
                                "it is synced",
                                () -> opened.screen().text("sync-state").contains("warning"));
                return opened.stage();
            }),
            of("checkpoint", Fixture.CONFLICTS, BOTH, opened -> {
                opened.open(new ItemSource.Checkpoints(), null);
                opened.screen().await("it is there", () -> opened.screen().shows("checkpoint-open"));
                opened.fire(opened.stage(), "checkpoint-open");
                opened.screen()
                        .await("the library is there", () -> opened.screen().shows("visit-leave"));
                return opened.stage();
            }),
            of("activity", Fixture.CONFLICTS, BOTH, opened -> {
                opened.open(new ItemSource.Activity(), null);
                opened.screen().await("it is read", () -> opened.screen().shows("activity-chart"));
                return opened.stage();
            }),
            of("activity", Fixture.CONFLICTS, BOTH, opened -> {
                        opened.open(new ItemSource.Activity(), null);
                        opened.screen()
                                .await("it is read", () -> opened.screen().shows("activity-chart"));
                        return opened.resized(540);
                    })
                    .ofWidth(540),
            of("welcome", Fixture.EMPTY, BOTH, opened -> {
                Screen.onScreen(() -> {
                    opened.window().window().welcomeIfNew();
                    return true;
                });
                opened.screen()
                        .await("it asks how to begin", () -> opened.screen().shows("welcome"));
                return opened.stage();
            }),
            of("settings-bucket", Fixture.EMPTY, Set.of(Look.LIGHT, Look.DARK, Look.GERMAN), opened -> {
                opened.openSyncPage();
                opened.screen().click("settings-sync-target-s3");
                opened.screen()
                        .await("a bucket is asked for", () -> opened.screen().shows("settings-s3-address"));
                // Nothing listens there, so a field is marked.
                String url = "s3://notes/ann?endpoint=http://127.0.0.1:9&region=eu-central-1";
                opened.type(opened.settings(), "settings-s3-address", url);
                opened.type(opened.settings(), "settings-s3-access-key", "AKIAIOSFODNN7EXAMPLE");
                opened.type(opened.settings(), "settings-s3-secret-key", "something secret");
                opened.fire(opened.settings(), "settings-sync-test");
                Screen screen = opened.screen();
                screen.await(
                        "the test has failed",
                        () -> screen.shows("settings-sync-outcome")
                                && !screen.text("settings-sync-test").startsWith("Cancel")
                                && !screen.text("settings-sync-test").startsWith("Test ab"));
                return opened.settings();
            }),
            of("settings-recovery-code", Fixture.EMPTY, BOTH, opened -> {
                opened.openSyncPage();
                opened.screen().click("settings-sync-target-folder");
                opened.screen()
                        .await("encryption is offered", () -> opened.screen().shows("settings-crypt"));
                opened.fire(opened.settings(), "settings-crypt-true");
                opened.screen()
                        .await(
                                "a passphrase is asked for",
                                () -> opened.screen().shows("settings-passphrase"));
                opened.type(opened.settings(), "settings-passphrase", "tide mark under seven wet stones");
                Screen.onScreen(() -> {
                    opened.window().window().preferences().encryption().show(RecoveryCode.parse(CODE.toCharArray()));
                    return true;
                });
                return opened.settings();
            }),
            of("unlock", Fixture.EMPTY, BOTH, opened -> {
                        Screen.onScreen(() -> {
                            MainWindow window = opened.window().window();
                            window.sync()
                                    .show(SyncState.of(
                                            status(
                                                    SyncStatus.State.NEEDS_ATTENTION,
                                                    0,
                                                    null,
                                                    new SyncException(Problem.SYNC_PASSPHRASE_NEEDED, BUCKET),
                                                    null),
                                            BUCKET));
                            window.askForPassphrase();
                            return true;
                        });
                        opened.screen()
                                .await("it is asked for", () -> opened.screen().shows("unlock-secret"));
                        Stage unlock = Objects.requireNonNull(
                                        opened.window().window().others().openedUnlock())
                                .stage();
                        opened.type(unlock, "unlock-secret", "tide mark under sand");
                        return unlock;
                    })
                    .ofWidth(420),
            of(
                            "trouble",
                            Fixture.EMPTY,
                            BOTH,
                            opened -> FxToolkit.setupFixture(() -> {
                                ThemeManager themes = new ThemeManager();
                                themes.setTheme(opened.theme());
                                ErrorHelp help = new ErrorHelp(
                                        () -> opened.window().composition().diagnostics(),
                                        opened.place(),
                                        folder -> {},
                                        SerialTaskRunner.on(FxExecutor.INSTANCE, FxExecutor.INSTANCE));
                                ErrorWindow window = new ErrorWindow(themes, help, () -> {});
                                window.show(ErrorReport.of(noDatabase(opened.place())), false);
                                return window.stage();
                            }))
                    .ofWidth(640));

    /** The error of opening a file that is no database, with another path. */
    private static Database.OpenException noDatabase(Path place) throws IOException {
        Path file = Files.writeString(place.resolve("tidemark.db"), "This was a database once.");
        try (Database never = Database.open(file, LibrarySchema.SCHEMA)) {
            throw new AssertionError(never + " was opened");
        } catch (Database.OpenException e) {
            Path shown = Path.of("/home/ann/.local/share/tidemark/tidemark.db");
            return new Database.OpenException(e.problem(), shown, e.arguments().getLast());
        }
    }

    /** The id of the first visible node whose id begins so; empty while there is none. */
    private static String withId(String start) {
        return Screen.onScreen(() -> Screen.visible(
                        node -> String.valueOf(node.getId()).startsWith(start))
                .stream()
                .map(Node::getId)
                .findFirst()
                .orElse(""));
    }

    private static PictureScene of(String name, Fixture fixture, Set<Look> looks, Steps steps) {
        return new PictureScene(name, fixture, looks, WIDE, steps);
    }

    /** Whether the pointer belongs to the picture. */
    boolean isPointed() {
        return name.equals("hover");
    }

    private PictureScene ofWidth(int other) {
        return new PictureScene(name, fixture, looks, other, steps);
    }

    private static SyncStatus status(
            SyncStatus.State state,
            long pending,
            SyncStatus.@Nullable Progress progress,
            @Nullable TidemarkException reason,
            @Nullable Duration retry) {
        return new SyncStatus(
                state,
                PictureLibrary.now().minus(Duration.ofMinutes(26)),
                pending,
                progress,
                reason,
                retry == null ? null : PictureLibrary.now().plus(retry),
                null);
    }

    private static void awaitRows(Opened opened, String there, @Nullable String gone) {
        opened.screen()
                .await(
                        "the rows are there",
                        () -> opened.screen().rows().contains(there)
                                && !opened.screen().rows().contains(String.valueOf(gone)));
    }
}
