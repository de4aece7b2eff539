/// What the worker's tests share: samples, and fakes of the machine.
@org.jspecify.annotations.NullMarked
package io.jorch.worker;
