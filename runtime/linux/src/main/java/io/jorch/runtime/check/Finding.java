package io.jorch.runtime.check;

/// One thing that jorch wants of a machine, and whether it is there.
///
/// @param name   short and stable, for scripts: `cgroups`, `idmapped-overlay`
/// @param state  whether it is there
/// @param detail what was found
/// @param cost   what doesn't work without it; empty where nothing is amiss
/// @param remedy how to get it; empty where nothing is amiss
public record Finding(String name, State state, String detail, String cost, String remedy) {
    /// How much it matters.
    public enum State {
        OK,
        /// jorch runs without it, with less protection or fewer features: cost says which.
        DEGRADED,
        /// A daemon refuses to start.
        MISSING
    }

    static Finding ok(String name, String detail) {
        return new Finding(name, State.OK, detail, "", "");
    }

    static Finding degraded(String name, String detail, String cost, String remedy) {
        return new Finding(name, State.DEGRADED, detail, cost, remedy);
    }

    static Finding missing(String name, String detail, String cost, String remedy) {
        return new Finding(name, State.MISSING, detail, cost, remedy);
    }
}
