package io.jorch.manager.control.http;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;

/// A version of Docker's Engine API, as in the path's prefix `/v1.50`.
public record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {
    public static final ApiVersion OLDEST = new ApiVersion(1, 41);
    public static final ApiVersion NEWEST = new ApiVersion(1, 50);

    /// @param text `1.44`
    /// @throws JorchException INVALID, in Docker's words, when it is none that is served
    public static ApiVersion parse(String text) {
        int dot = text.indexOf('.');
        ApiVersion version = new ApiVersion(Integer.parseInt(text.substring(0, dot)),
                Integer.parseInt(text.substring(dot + 1)));
        if (version.compareTo(OLDEST) < 0) {
            throw new JorchException(ErrorCode.INVALID, "client version " + version
                    + " is too old. Minimum supported API version is " + OLDEST
                    + ", please upgrade your client to a newer version");
        }
        if (version.compareTo(NEWEST) > 0) {
            throw new JorchException(ErrorCode.INVALID, "client version " + version
                    + " is too new. Maximum supported API version is " + NEWEST);
        }
        return version;
    }

    public boolean atLeast(int otherMajor, int otherMinor) {
        return compareTo(new ApiVersion(otherMajor, otherMinor)) >= 0;
    }

    @Override
    public int compareTo(ApiVersion other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
