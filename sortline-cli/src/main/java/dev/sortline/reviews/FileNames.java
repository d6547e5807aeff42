// SPDX-License-Identifier: Apache-2.0
package dev.sortline.reviews;

import dev.sortline.contract.ItemLabel;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How the pictures of labelled items are called: {@code <label>/<line>-<item>.jpg}. Items that would be called alike, also where capital
 * letters are as small ones, get some of their key's digest besides.
 */
final class FileNames {
    private static final String EMPTY = "empty";
    private static final int DIGITS = 8;

    private final Map<String, Integer> itemsOfName;

    private FileNames(Map<String, Integer> itemsOfName) {
        this.itemsOfName = itemsOfName;
    }

    /** The names of these items, each known by its key. */
    static FileNames of(Map<String, ItemLabel> labels) {
        Map<String, Integer> items = new HashMap<>();
        labels.values().forEach(said -> items.merge(plain(said).toLowerCase(Locale.ROOT), 1, Integer::sum));
        return new FileNames(items);
    }

    /** The label under which its picture is learned from: an empty belt has one, too. */
    static String label(ItemLabel said) {
        return said.label() == null ? EMPTY : said.label();
    }

    /** Training reads no folder whose name begins with a dot, and {@code ..} is none to write to. */
    static boolean canBeAFolder(String label) {
        return !label.startsWith(".");
    }

    /** The file of an item, as a path in the folder, with {@code /} between. */
    String of(ItemLabel said, PictureKind kind) {
        return withExtension(said, kind.extension());
    }

    String withExtension(ItemLabel said, String extension) {
        String name = plain(said);
        boolean alone = itemsOfName.getOrDefault(name.toLowerCase(Locale.ROOT), 0) < 2;
        String unique = alone ? name : name + "-" + Sha256.of(said.key()).substring(0, DIGITS);
        return label(said) + "/" + unique + "." + extension;
    }

    private static String plain(ItemLabel said) {
        String name = said.lineId() + "-" + said.itemId();
        // A hidden file would not be learned from.
        return name.startsWith(".") ? "_" + name : name;
    }
}
