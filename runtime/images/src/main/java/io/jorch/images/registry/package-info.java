/// A registry's HTTP API (distribution-spec) on the JDK's client, and what pull and push make of it. Written by hand
/// because the libraries accept what must be refused. Start at [RegistryClient] and [ImagePuller].
@org.jspecify.annotations.NullMarked
package io.jorch.images.registry;
