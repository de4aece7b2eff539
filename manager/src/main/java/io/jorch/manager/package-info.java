@org.jspecify.annotations.NullMarked
package io.jorch.manager;
