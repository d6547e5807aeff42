// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.mjpeg;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;

/** What a camera checks of digest authentication, by RFC 7616 with quality of protection, by RFC 2069 without. */
final class DigestAnswer {
    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|([^,\\s]+))");

    private DigestAnswer() {}

    /** Whether the header of a request proves that its sender knows the password. */
    static boolean proves(String authorization, String method, String user, String password) {
        if (!authorization.startsWith("Digest ")) {
            return false;
        }
        Map<String, String> told = new HashMap<>();
        PARAMETER
                .matcher(authorization)
                .results()
                .forEach(found -> told.put(found.group(1), found.group(2) != null ? found.group(2) : found.group(3)));
        return user.equals(told.get("username"))
                && response(told, method, password).equals(told.get("response"));
    }

    static String response(Map<String, String> told, String method, String password) {
        String algorithm = told.getOrDefault("algorithm", "MD5");
        String a1 = hash(algorithm, told.get("username") + ":" + told.get("realm") + ":" + password);
        String a2 = hash(algorithm, method + ":" + told.get("uri"));
        String middle = told.containsKey("qop")
                ? told.get("nonce") + ":" + told.get("nc") + ":" + told.get("cnonce") + ":" + told.get("qop")
                : told.get("nonce");
        return hash(algorithm, a1 + ":" + middle + ":" + a2);
    }

    private static String hash(String algorithm, String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
