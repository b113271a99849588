package dev.tidemark.app.detail;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;

/** The menu of a link in a note: shows the address before anything opens it, and offers to open or copy it. */
final class LinkMenu {
    private static final double GAP = 4;

    private LinkMenu() {}

    /** @param opener opens an address with the system's default program */
    static void show(Node link, String target, Consumer<URI> opener) {
        Optional<URI> openable = LinkTarget.openable(target);
        MenuItem where = heading("link-target", SingleLineText.brief(target));
        MenuItem open = new MenuItem(
                Messages.text(openable.isPresent() ? Keys.LINK_OPEN : Keys.LINK_NOT_OPENED),
                Controls.icon(Icons.OUTSIDE));
        open.setId("link-open");
        open.setDisable(openable.isEmpty());
        openable.ifPresent(address -> open.setOnAction(event -> opener.accept(address)));
        MenuItem copy = new MenuItem(Messages.text(Keys.LINK_COPY), Controls.icon(Icons.COPY));
        copy.setId("link-copy");
        copy.setOnAction(event -> Clipboard.getSystemClipboard().setContent(Map.of(DataFormat.PLAIN_TEXT, target)));
        ContextMenu menu = new ContextMenu(where, open, copy);
        // A long address, or user info before the host, must not hide the host.
        LinkTarget.host(target)
                .ifPresent(host -> menu.getItems().addFirst(heading("link-host", Messages.text(Keys.LINK_HOST, host))));
        menu.setId("link-menu");
        Controls.stylePopup(menu.getStyleClass());
        menu.show(link, Side.BOTTOM, 0, GAP);
    }

    private static MenuItem heading(String id, String text) {
        MenuItem heading = new MenuItem(text);
        heading.setId(id);
        heading.setMnemonicParsing(false);
        heading.getStyleClass().add(Styles.MENU_HEADING);
        heading.setDisable(true);
        return heading;
    }
}
