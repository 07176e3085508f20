package dev.trunkline.app;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;

/** The house of docs/architecture.md: which room may see which. */
@AnalyzeClasses(packages = "dev.trunkline", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule ARROWS_RUN_ONE_WAY = Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("dev.trunkline..")
            .layer("sound")
            .definedBy("dev.trunkline.sound..")
            .layer("core")
            .definedBy("dev.trunkline.core..")
            .layer("media")
            .definedBy("dev.trunkline.media..")
            .layer("telephony")
            .definedBy("dev.trunkline.telephony..")
            .layer("providers")
            .definedBy("dev.trunkline.providers..")
            .layer("models")
            .definedBy("dev.trunkline.models..")
            .layer("persistence")
            .definedBy("dev.trunkline.persistence..")
            .layer("caller")
            .definedBy("dev.trunkline.caller..")
            .layer("app")
            .definedBy("dev.trunkline.app..")
            .whereLayer("sound")
            .mayNotAccessAnyLayer()
            .whereLayer("core")
            .mayOnlyAccessLayers("sound")
            .whereLayer("media")
            .mayOnlyAccessLayers("sound")
            .whereLayer("telephony")
            .mayOnlyAccessLayers("core", "media", "sound")
            .whereLayer("providers")
            .mayOnlyAccessLayers("core", "sound")
            .whereLayer("models")
            .mayOnlyAccessLayers("core", "sound")
            .whereLayer("persistence")
            .mayOnlyAccessLayers("core", "sound")
            .whereLayer("caller")
            .mayOnlyAccessLayers("media", "telephony", "models", "core", "sound")
            .whereLayer("app")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule CORE_KNOWS_NO_FRAMEWORK = classes()
            .that()
            .resideInAnyPackage("dev.trunkline.core..", "dev.trunkline.sound..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "dev.trunkline.core..", "dev.trunkline.sound..");

    @ArchTest
    static final ArchRule SPRING_STAYS_IN_THE_CONTROL_PLANE = noClasses()
            .that(not(resideInAnyPackage(
                    "dev.trunkline.app.web..", "dev.trunkline.app.rest..", "dev.trunkline.persistence..")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework..");

    @ArchTest
    static final ArchRule THE_RECORD_USES_NO_MORE_OF_SPRING_THAN_JDBC = noClasses()
            .that(resideInAPackage("dev.trunkline.persistence.."))
            .should()
            .dependOnClassesThat(resideInAPackage("org.springframework..")
                    .and(not(resideInAnyPackage("org.springframework.jdbc..", "org.springframework.dao.."))));

    @ArchTest
    static final ArchRule THE_ENGINE_DOES_NOT_KNOW_THE_CONTROL_PLANE = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.trunkline.app.engine..",
                    "dev.trunkline.app.calls..",
                    "dev.trunkline.app.health..",
                    "dev.trunkline.app.metrics..",
                    "dev.trunkline.app.config..",
                    "dev.trunkline.app.reception..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.trunkline.app.web..", "dev.trunkline.app.rest..", "dev.trunkline.app.server..");

    @ArchTest
    static final ArchRule RECEPTION_IS_WRITTEN_AS_USERS_WRITE_SCENARIOS = noClasses()
            .that()
            .resideInAPackage("dev.trunkline.app.reception..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.trunkline..")
                    .and(not(resideInAnyPackage(
                            "dev.trunkline.app.reception..",
                            "dev.trunkline.core.scenario..",
                            "dev.trunkline.core.agent..",
                            "dev.trunkline.core.call..",
                            "dev.trunkline.core.language.."))));

    @ArchTest
    static final ArchRule PACKAGES_DO_NOT_GO_IN_CIRCLES =
            slices().matching("dev.trunkline.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule CHANNELS_DO_NOT_KNOW_EACH_OTHER = slices().matching("dev.trunkline.telephony.(*)..")
            .should()
            .notDependOnEachOther()
            // what they share
            .ignoreDependency(alwaysTrue(), resideInAPackage("dev.trunkline.telephony.leg.."))
            // session descriptions are not SIP's alone
            .ignoreDependency(alwaysTrue(), resideInAPackage("dev.trunkline.telephony.sip.sdp.."))
            // SIP that somebody else's process speaks for us
            .ignoreDependency(
                    resideInAPackage("dev.trunkline.telephony.opensips.."),
                    resideInAPackage("dev.trunkline.telephony.sip.."));

    @ArchTest
    static final ArchRule VENDORS_DO_NOT_KNOW_EACH_OTHER =
            slices().matching("dev.trunkline.providers.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule RESOURCES_DO_NOT_KNOW_EACH_OTHER =
            slices().matching("dev.trunkline.app.rest.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule NOBODY_OUTSIDE_THE_APP_KNOWS_A_LOGGING_LIBRARY = noClasses()
            .that(not(resideInAPackage("dev.trunkline.app..")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.slf4j..", "ch.qos.logback..", "org.apache.log4j..", "org.apache.logging..");
}
