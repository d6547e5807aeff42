// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.model;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.DefaultUrlSanitizer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * A model card as HTML that may stand in a page: nothing in it runs, whatever the card says. HTML in it is shown as text, but for comments, which
 * are left out as everywhere; so are pictures, of which their words stay. Links lead only to http, https and mailto.
 */
final class CardPage {
    private static final List<Extension> TABLES = List.of(TablesExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(TABLES).build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .extensions(TABLES)
            .escapeHtml(true)
            .sanitizeUrls(true)
            // Its own default takes data:, too.
            .urlSanitizer(new DefaultUrlSanitizer(List.of("http", "https", "mailto")))
            .attributeProviderFactory(context -> CardPage::attributes)
            .nodeRendererFactory(Harmless::new)
            .build();

    private CardPage() {}

    /** The HTML of a card: a fragment without head and body. */
    static String of(String markdown) {
        return RENDERER.render(PARSER.parse(markdown));
    }

    private static void attributes(Node node, String tag, Map<String, String> attributes) {
        if (node instanceof Link) {
            attributes.put("rel", "noopener noreferrer nofollow");
        }
    }

    /** Writes what would be markup of the card's own. */
    private static final class Harmless implements NodeRenderer {
        private final HtmlNodeRendererContext context;

        Harmless(HtmlNodeRendererContext context) {
            this.context = context;
        }

        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(HtmlBlock.class, HtmlInline.class, Image.class);
        }

        @Override
        public void render(Node node) {
            if (node instanceof HtmlBlock block && !isComment(block.getLiteral())) {
                context.getWriter().line();
                context.getWriter().tag("p");
                context.getWriter().text(block.getLiteral());
                context.getWriter().tag("/p");
                context.getWriter().line();
            } else if (node instanceof HtmlInline inline && !isComment(inline.getLiteral())) {
                context.getWriter().text(inline.getLiteral());
            } else if (node instanceof Image) {
                for (Node words = node.getFirstChild(); words != null; words = words.getNext()) {
                    context.render(words);
                }
            }
        }

        private static boolean isComment(String html) {
            String text = html.strip();
            return text.startsWith("<!--") && text.indexOf("-->") == text.length() - 3;
        }
    }
}
