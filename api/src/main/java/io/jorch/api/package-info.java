/// What every other module shares and nothing else: records, sealed types, errors and codecs. No I/O, no threads, no
/// clock.
///
/// Where to start: [io.jorch.api.spec.ServiceSpec] is what a user wishes for, [io.jorch.api.object.Task] is what the
/// managers make of it, and [io.jorch.api.message.ManagerMessage] is how a worker hears of it.
@org.jspecify.annotations.NullMarked
package io.jorch.api;
