package dev.tidemark.app.detail;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.Menus;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;

/** Shows a menu with the address of a link, so that the user sees the address before opening or copying it. */
final class LinkMenu {
    private LinkMenu() {}

    static void show(Node link, String target, Consumer<URI> opener) {
        Optional<URI> openable = LinkTarget.openable(target);
        MenuItem open = Menus.item(
                "link-open",
                Messages.text(openable.isPresent() ? Keys.LINK_OPEN : Keys.LINK_NOT_OPENED),
                Controls.icon(Icons.OUTSIDE),
                () -> openable.ifPresent(opener));
        open.setDisable(openable.isEmpty());
        ContextMenu menu = Menus.menu(
                "link-menu",
                Menus.heading("link-target", SingleLineText.abbreviate(target)),
                open,
                Menus.item(
                        "link-copy",
                        Messages.text(Keys.LINK_COPY),
                        Controls.icon(Icons.COPY),
                        () -> Clipboard.getSystemClipboard().setContent(Map.of(DataFormat.PLAIN_TEXT, target))));
        // Names the host separately, because a long address or user information before the host could hide the host.
        LinkTarget.host(target)
                .ifPresent(host ->
                        menu.getItems().addFirst(Menus.heading("link-host", Messages.text(Keys.LINK_HOST, host))));
        Menus.showBelow(link, menu);
    }
}
