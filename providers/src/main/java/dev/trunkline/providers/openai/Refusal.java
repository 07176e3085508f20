package dev.trunkline.providers.openai;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says in a few words why a server refused. Never quotes its message: some repeat the key in it. Only its error code is
 * taken over, if that is a plain word.
 */
final class Refusal {

    private static final Pattern CODE = Pattern.compile("\"(?:code|type)\"\\s*:\\s*\"([a-z][a-z_]{2,39})\"");

    private Refusal() {}

    /** For an answer that is no success. */
    static String message(int status, String body, String retryAfter) {
        String code = code(body);
        String reason = switch (status) {
            case 400 -> "it did not accept the request";
            case 401 -> "the key is wrong or missing";
            case 402 -> "the account is out of credit";
            case 403 -> "the key may not use this";
            case 404 -> "no such model or address";
            case 408, 504 -> "it took too long";
            case 413 -> "the conversation is too long";
            case 429 -> code.equals("insufficient_quota") ? "the account is out of credit" : "too many requests";
            default -> status >= 500 ? "it has a problem of its own" : "it refused";
        };
        String wait = retryAfter.matches("\\d{1,6}") ? ", again in " + retryAfter + " s" : "";
        return reason + " (" + status + (code.isEmpty() ? "" : " " + code) + wait + ")";
    }

    /** For an error in the middle of a good answer. */
    static String inStream(String data) {
        String code = code(data);
        return "it broke off with an error" + (code.isEmpty() ? "" : " (" + code + ")");
    }

    private static String code(String body) {
        Matcher matcher = CODE.matcher(body);
        return matcher.find() ? matcher.group(1) : "";
    }
}
