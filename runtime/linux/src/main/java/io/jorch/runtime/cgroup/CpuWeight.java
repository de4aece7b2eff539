package io.jorch.runtime.cgroup;

/// Turns v1's weights into v2's.
final class CpuWeight {
    private static final long MOST_SHARES = 262_144;
    private static final long MOST_WEIGHT = 10_000;

    private CpuWeight() {
    }

    /// cpu.shares (2…262,144, 1024 in the middle) to cpu.weight (1…10,000, 100 in the middle), by the curve through
    /// these three points that runc and crun use: 10^((l² + 125 l)/612 − 7/34) with l = log₂ shares. A straight line
    /// would turn the common 1024 into 39, less than a host's own services have.
    static long ofShares(long shares) {
        if (shares >= MOST_SHARES) {
            return MOST_WEIGHT;
        }
        double log = Math.log(Math.max(shares, 2)) / Math.log(2);
        double exponent = (log * log + 125 * log) / 612.0 - 7.0 / 34.0;
        // The three points are whole numbers: rounding errors must not lift them to the next.
        return (long) Math.ceil(Math.pow(10, exponent) - 1e-9);
    }

    /// blkio weight (10…1000) to io.weight (1…10,000), linearly.
    static long ofIo(int weight) {
        return 1 + (weight - 10L) * 9999 / 990;
    }
}
