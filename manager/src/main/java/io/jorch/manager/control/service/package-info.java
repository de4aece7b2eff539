/// What happens to a service's spec between the request and the command: its shape is checked, its image resolved, and
/// what the client's API has no word for is kept. Start at [ServiceSpecCheck] and [ImageResolution].
@org.jspecify.annotations.NullMarked
package io.jorch.manager.control.service;
