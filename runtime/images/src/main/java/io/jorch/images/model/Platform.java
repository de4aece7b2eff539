package io.jorch.images.model;

import io.jorch.api.error.JorchException;
import io.jorch.api.image.OciPlatform;
import java.util.Locale;

/// An operating system and a CPU in Go's words, brought to one spelling as containerd/platforms does (normalize.go).
///
/// @param os `linux`
/// @param architecture `amd64`, `arm64`, …
/// @param variant empty where the architecture has one usual variant (`amd64` v1, `arm64` v8)
public record Platform(String os, String architecture, String variant) {
    public Platform {
        os = os.toLowerCase(Locale.ROOT);
        String given = architecture.toLowerCase(Locale.ROOT);
        String detail = variant.toLowerCase(Locale.ROOT);
        architecture = switch (given) {
            case "x86_64", "x86-64" -> "amd64";
            case "i386", "i486", "i586", "i686" -> "386";
            case "aarch64" -> "arm64";
            case "armhf", "armel" -> "arm";
            default -> given;
        };
        variant = switch (architecture) {
            case "amd64" -> detail.equals("v1") ? "" : detail;
            case "arm64" -> detail.equals("8") || detail.equals("v8") ? "" : detail;
            case "arm" -> armVariant(given, detail);
            default -> detail;
        };
    }

    private static String armVariant(String given, String detail) {
        if (given.equals("armel")) {
            return "v6";
        }
        return detail.isEmpty() ? "v7" : detail.startsWith("v") ? detail : "v" + detail;
    }

    /// This machine's.
    public static Platform current() {
        return new Platform("linux", System.getProperty("os.arch", ""), "");
    }

    /// @param text `os[/arch[/variant]]`; empty: this machine's
    /// @throws JorchException INVALID
    public static Platform parse(String text) {
        if (text.isEmpty()) {
            return current();
        }
        String[] parts = text.split("/", -1);
        if (parts.length > 3 || !text.matches("[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+){0,2}")) {
            throw JorchException.invalid("platform", "'" + text + "' is not os[/arch[/variant]], e.g. linux/arm64");
        }
        return new Platform(parts[0], parts.length > 1 ? parts[1] : current().architecture(),
                parts.length > 2 ? parts[2] : "");
    }

    public static Platform of(OciPlatform platform) {
        return new Platform(platform.os(), platform.architecture(), platform.variant());
    }

    /// How well an image made for `image` runs here: 0 not at all, else the higher the better.
    public int accepts(Platform image) {
        if (!os.equals(image.os) || !architecture.equals(image.architecture)) {
            return 0;
        }
        if (variant.equals(image.variant)) {
            return 100;
        }
        // A newer CPU runs what was made for an older one; which variant of amd64 this machine is, is not known.
        int own = level(this);
        int other = level(image);
        return other < own ? 100 - (own - other) : 0;
    }

    private static int level(Platform platform) {
        String digits = platform.variant.replaceFirst("^v", "").replaceFirst("[^0-9].*$", "");
        if (digits.isEmpty()) {
            return platform.architecture.equals("arm64") ? 8 : 1;
        }
        return Integer.parseInt(digits.substring(0, Math.min(3, digits.length())));
    }

    public OciPlatform view() {
        return new OciPlatform(architecture, os, variant);
    }

    @Override
    public String toString() {
        return os + "/" + architecture + (variant.isEmpty() ? "" : "/" + variant);
    }
}
