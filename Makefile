# The tests of jorch, in three tiers of the same tests. All need root: they make containers in namespaces of their own.

MVN = mvn -B -ntp
JDK = $(shell for d in "$$JORCH_JAVA_HOME" "$$JAVA_HOME" /usr/lib/jvm/*25*; do grep -qs '^JAVA_VERSION="25' "$$d/release" && { echo "$$d"; break; }; done)

.PHONY: help test test-long test-vm format check-format clean

help: ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

test: ## every test with small counts, at most 15 minutes; the static checks too
	$(MVN) verify

test-long: ## the same tests with the issues' counts, and the long ones
	$(MVN) verify -DexcludedGroups=vm -Djorch.test.long=true

test-vm: ## what needs another kernel set-up than this machine's (full cgroup v2, AppArmor)
	$(MVN) verify -Dgroups=vm -DexcludedGroups= -Dsurefire.failIfNoSpecifiedTests=false

format: ## formats the sources
	JAVA_HOME=$(JDK) $(MVN) -q com.diffplug.spotless:spotless-maven-plugin:apply

check-format: ## fails where the sources are not formatted
	JAVA_HOME=$(JDK) $(MVN) -q com.diffplug.spotless:spotless-maven-plugin:check

clean: ## removes everything that was built
	$(MVN) -q clean
