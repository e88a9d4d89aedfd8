package dev.verso.compat.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The rules of docs/architecture.md that a compiler cannot see. */
class LayersTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.verso");

    @Test
    void aLayerCallsOnlyTheOnesBelow() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("jdbc")
                .definedBy("dev.verso.jdbc..")
                .layer("sql")
                .definedBy("dev.verso.sql..")
                .layer("parser")
                .definedBy("dev.verso.parser..")
                .layer("vm")
                .definedBy("dev.verso.vm..")
                .layer("btree")
                .definedBy("dev.verso.btree..", "dev.verso.record..")
                .layer("pager")
                .definedBy("dev.verso.pager..", "dev.verso.error..")
                .layer("kv")
                .definedBy("dev.verso.kv..")
                .whereLayer("jdbc")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("sql")
                .mayOnlyBeAccessedByLayers("jdbc")
                .whereLayer("parser")
                .mayOnlyBeAccessedByLayers("sql")
                .whereLayer("vm")
                .mayOnlyBeAccessedByLayers("sql", "jdbc")
                .whereLayer("btree")
                .mayOnlyBeAccessedByLayers("vm", "sql", "jdbc")
                .whereLayer("kv")
                .mayOnlyBeAccessedByLayers("jdbc")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.verso.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theGrammarJudgesTheParserAndIsNoPartOfWhatRuns() {
        noClasses()
                .that()
                .resideInAPackage("dev.verso..")
                .and()
                .resideOutsideOfPackage("dev.verso.grammar..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.verso.grammar..", "org.antlr..")
                .check(CLASSES);
    }

    @Test
    void theKeyValueApiDependsOnNothing() {
        noClasses()
                .that()
                .resideInAPackage("dev.verso.kv")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("dev.verso.kv..", "java..")
                .check(CLASSES);
    }

    @Test
    void nothingNeedsReflectionUnsafeOrClassesDefinedAtRunTime() {
        noClasses()
                .that()
                .resideInAPackage("dev.verso..")
                .and()
                .resideOutsideOfPackage("dev.verso.kv.foundationdb..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.lang.reflect..", "sun.misc..", "jdk.internal..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("dev.verso..")
                .should()
                .callMethod(Class.class, "forName", String.class)
                .orShould()
                .callMethod(ClassLoader.class, "loadClass", String.class)
                .orShould()
                .callMethod(System.class, "loadLibrary", String.class)
                .check(CLASSES);
    }

    @Test
    void theClockIsReadOnlyWhereTimeComesIn() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.verso.pager..",
                        "dev.verso.btree..",
                        "dev.verso.record..",
                        "dev.verso.parser..",
                        "dev.verso.sql..")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .check(CLASSES);
    }

    @Test
    void chanceComesInAtNamedPlacesOnly() {
        DescribedPredicate<JavaClass> random = DescribedPredicate.describe(
                "a source of chance",
                c -> c.getName().equals("java.util.Random")
                        || c.getName().equals("java.security.SecureRandom")
                        || c.getName().equals("java.util.concurrent.ThreadLocalRandom")
                        || c.getName().equals("java.util.SplittableRandom"));
        noClasses()
                .that()
                .resideInAnyPackage("dev.verso.parser..", "dev.verso.btree..", "dev.verso.record..", "dev.verso.sql..")
                .should()
                .dependOnClassesThat(random)
                .check(CLASSES);
    }

    @Test
    void classesAreFinalOrMeantForInheritance() {
        classes()
                .that()
                .resideInAnyPackage("dev.verso.btree..", "dev.verso.record..", "dev.verso.pager..")
                .and()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .and()
                .areTopLevelClasses()
                .and()
                .doNotHaveModifier(com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT)
                .and()
                .areNotAssignableTo(Throwable.class)
                .should()
                .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL)
                .check(CLASSES);
    }
}
