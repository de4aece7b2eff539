/// The managers' end of the workers' streams: tells each node what it is to run and which networks it is on, and hands
/// what nodes say to the leader loop. Start at [Dispatcher].
@org.jspecify.annotations.NullMarked
package io.jorch.manager.dispatch;
