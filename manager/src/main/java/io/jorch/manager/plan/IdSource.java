package io.jorch.manager.plan;

/// Where new objects' ids come from: 25 base-36 characters each, never the same twice.
@FunctionalInterface
public interface IdSource {
    String next();
}
