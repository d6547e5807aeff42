// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.sight;

/** What a camera's pictures may have; what is named first goes before the others. */
public enum SightTrouble {
    /** Nearly all is black. */
    DARK("dark", "sees black: is the light on, and the lens free?"),
    /** Much is white. */
    BLOWN_OUT("blown-out", "sees white: is the exposure too long, or does a light shine into the lens?"),
    /** The same picture comes again and again. */
    FROZEN("frozen", "gives the same picture again and again: restart it"),
    /** It is less sharp than it was. */
    BLURRED("blurred", "sees much less sharply than it did: is the lens clean, and has its focus moved?");

    private final String word;
    private final String sentence;

    SightTrouble(String word, String sentence) {
        this.word = word;
        this.sentence = sentence;
    }

    /** For metrics. */
    public String word() {
        return word;
    }

    /** For a person. */
    public String told(String camera) {
        return "camera " + camera + " " + sentence;
    }
}
