package io.jorch.cli.daemon;

/// One setting's value and where it came from.
///
/// @param key as in `jorch.yaml`; `--KEY` is the flag, `JORCH_KEY` in capitals the environment variable
/// @param origin for `jorch info`, e.g. `flag`, `environment`, a file's path, `default`
public record Setting(String key, String value, String origin) {
}
