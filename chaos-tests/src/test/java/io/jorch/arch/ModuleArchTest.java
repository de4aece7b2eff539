package io.jorch.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModuleArchTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.jorch");

    private static ArchRule never(String from, String... to) {
        return noClasses().that().resideInAPackage(from).should().dependOnClassesThat().resideInAnyPackage(to);
    }

    @ParameterizedTest(name = "{0} never sees {1}")
    @CsvSource({"io.jorch.api.., io.jorch.raft..", "io.jorch.api.., io.jorch.images..",
            "io.jorch.api.., io.jorch.runtime..", "io.jorch.api.., io.jorch.net..", "io.jorch.api.., io.jorch.manager..",
            "io.jorch.api.., io.jorch.worker..", "io.jorch.api.., io.jorch.cli..", "io.jorch.raft.., io.jorch.manager..",
            "io.jorch.raft.., io.jorch.runtime..", "io.jorch.raft.., io.jorch.images..",
            "io.jorch.raft.., io.jorch.worker..", "io.jorch.images.., io.jorch.runtime..",
            "io.jorch.runtime.., io.jorch.net..", "io.jorch.runtime.., io.jorch.worker..",
            "io.jorch.runtime.., io.jorch.raft..", "io.jorch.net.., io.jorch.worker..", "io.jorch.net.., io.jorch.raft..",
            "io.jorch.net.., io.jorch.images..", "io.jorch.manager.., io.jorch.runtime..",
            "io.jorch.manager.., io.jorch.net..", "io.jorch.manager.., io.jorch.worker..",
            "io.jorch.worker.., io.jorch.raft..", "io.jorch.worker.., io.jorch.manager.."})
    void moduleNeverSeesModule(String from, String to) {
        never(from, to).check(CLASSES);
    }

    @Test
    void onlyTheRatisPackageImportsTheRaftLibrary() {
        noClasses().that().resideOutsideOfPackage("io.jorch.raft.ratis..").should().dependOnClassesThat()
                .resideInAnyPackage("org.apache.ratis..").check(CLASSES);
    }

    @Test
    void onlyTheLinuxPackageImportsJnr() {
        noClasses().that().resideOutsideOfPackage("io.jorch.runtime.linux..").should().dependOnClassesThat()
                .resideInAnyPackage("jnr..", "com.kenai..").check(CLASSES);
    }

    @Test
    void onlyTheControlApiKnowsVertx() {
        noClasses().that().resideOutsideOfPackages("io.jorch.manager.control..", "io.jorch.cli.daemon..").should()
                .dependOnClassesThat().resideInAnyPackage("io.vertx..", "io.netty..").check(CLASSES);
    }

    @Test
    void theClientKnowsNothingOfTheDaemonsModules() {
        noClasses().that().resideInAPackage("io.jorch.cli..").and()
                .resideOutsideOfPackages("io.jorch.cli.daemon..", "io.jorch.cli.demo..").should()
                .dependOnClassesThat().resideInAnyPackage("io.jorch.manager..", "io.jorch.worker..", "io.jorch.raft..",
                        "io.jorch.runtime..", "io.jorch.net..", "io.jorch.images..", "io.vertx..", "org.apache.ratis..")
                .check(CLASSES);
    }

    @Test
    void plannersKnowNoClockNoThreadAndNoFile() {
        noClasses().that().resideInAnyPackage("io.jorch.manager.plan..", "io.jorch.manager.command..").and()
                .doNotHaveSimpleName("CommandPort").should().dependOnClassesThat()
                .resideInAnyPackage("java.util.concurrent..", "java.io..", "java.nio.file..", "java.net..")
                .orShould().callMethod(java.time.Instant.class, "now").orShould().callMethod(System.class, "nanoTime")
                .orShould().callMethod(System.class, "currentTimeMillis").check(CLASSES);
    }

    @Test
    void noMethodIsSynchronized() {
        methods().should().notHaveModifier(JavaModifier.SYNCHRONIZED).check(CLASSES);
    }
}
