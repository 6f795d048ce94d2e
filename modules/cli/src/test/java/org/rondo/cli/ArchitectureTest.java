package org.rondo.cli;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.rondo.ingest.Deletions;
import org.rondo.training.ThreadCarrier;
import org.rondo.training.timing.WallClock;

/** The arrows between the modules, as docs/architecture.md draws them. */
@AnalyzeClasses(packages = "org.rondo", importOptions = ArchitectureTest.WithoutTests.class)
final class ArchitectureTest {
  /** Wherever a build for another Spark puts them; ArchUnit's own option knows one place. */
  static final class WithoutTests implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/test-classes/");
    }
  }

  private static final String[] NUMERIC = {
    "org.rondo.kernels..",
    "org.rondo.models..",
    "org.rondo.training..",
    "org.rondo.evaluation..",
    "org.rondo.tasks.."
  };

  @ArchTest
  static final ArchRule ARROWS_POINT_ONE_WAY =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("kernels")
          .definedBy("org.rondo.kernels..")
          .layer("models")
          .definedBy("org.rondo.models..")
          .layer("ingest")
          .definedBy("org.rondo.ingest..")
          .layer("evaluation")
          .definedBy("org.rondo.evaluation..")
          .layer("training")
          .definedBy("org.rondo.training..")
          .optionalLayer("tasks")
          .definedBy("org.rondo.tasks..")
          .layer("spark")
          .definedBy("org.rondo.spark..")
          .layer("driver")
          .definedBy("org.rondo.driver..")
          .optionalLayer("frames")
          .definedBy("org.rondo.frames..")
          .layer("sparkml")
          .definedBy("org.rondo.sparkml..")
          .layer("serving")
          .definedBy("org.rondo.serving..")
          .layer("onnx")
          .definedBy("org.rondo.onnx..")
          .layer("pytorch")
          .definedBy("org.rondo.pytorch..")
          .layer("charts")
          .definedBy("org.rondo.charts..")
          .layer("runs")
          .definedBy("org.rondo.runs..")
          .layer("notebook")
          .definedBy("org.rondo.notebook..")
          .layer("cli")
          .definedBy("org.rondo.cli..")
          .whereLayer("models")
          .mayOnlyAccessLayers("kernels")
          .whereLayer("kernels")
          .mayNotAccessAnyLayer()
          .whereLayer("ingest")
          .mayOnlyAccessLayers("models", "kernels")
          .whereLayer("evaluation")
          .mayOnlyAccessLayers("ingest", "models", "kernels")
          .whereLayer("training")
          .mayOnlyAccessLayers("evaluation", "ingest", "models", "kernels")
          .whereLayer("serving")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("onnx")
          .mayOnlyAccessLayers("models", "kernels")
          .whereLayer("pytorch")
          .mayOnlyAccessLayers("models", "kernels")
          .whereLayer("spark")
          .mayNotAccessAnyLayer()
          .whereLayer("charts")
          .mayOnlyBeAccessedByLayers("driver", "notebook", "cli")
          .whereLayer("tasks")
          .mayOnlyAccessLayers("training", "evaluation", "ingest", "models", "kernels")
          .whereLayer("driver")
          .mayOnlyBeAccessedByLayers("frames", "sparkml", "runs", "notebook", "cli")
          .whereLayer("frames")
          .mayOnlyBeAccessedByLayers("sparkml", "runs", "notebook", "cli")
          .whereLayer("sparkml")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("runs")
          .mayOnlyBeAccessedByLayers("notebook", "cli")
          .whereLayer("notebook")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer();

  /** A package depends on those below it alone, so that each can be read without those above. */
  @ArchTest
  static final ArchRule PACKAGES_ARE_FREE_OF_CYCLES =
      slices().matching("org.rondo.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule SPARK_STAYS_IN_DRIVER_AND_ABOVE =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "org.rondo.spark..",
              "org.rondo.driver..",
              "org.rondo.frames..",
              "org.rondo.sparkml..",
              "org.rondo.runs..",
              "org.rondo.notebook..",
              "org.rondo.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.spark..");

  /** The module interop is optional, and brings a library that nothing else may need. */
  @ArchTest
  static final ArchRule NOTHING_NEEDS_DL4J =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.rondo.interop..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.rondo.interop..", "org.deeplearning4j..");

  @ArchTest
  static final ArchRule KERNELS_AND_MODELS_KNOW_NO_FILE_SYSTEM =
      noClasses()
          .that()
          .resideInAnyPackage("org.rondo.kernels..", "org.rondo.models..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.hadoop..", "org.rondo.ingest..");

  @ArchTest
  static final ArchRule VECTOR_CODE_IS_REACHED_BY_SERVICE_LOADER_ONLY =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.rondo.kernels.vector..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.rondo.kernels.vector..");

  /** Objects that a file names could be made into anything; archives could be unpacked anywhere. */
  @ArchTest
  static final ArchRule FILES_ARE_DATA_ONLY =
      noClasses()
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(
              java.io.ObjectInputStream.class,
              java.util.zip.ZipInputStream.class,
              java.util.zip.ZipFile.class);

  /** Spark would write partitions as serialized objects, and read them back as such. */
  @ArchTest
  static final ArchRule SPARK_WRITES_NO_CHECKPOINTS_OF_ITS_OWN =
      noClasses()
          .should()
          .callMethodWhere(
              target(
                      nameMatching(
                          "checkpoint|setCheckpointDir|localCheckpoint|saveAsObjectFile|objectFile"))
                  .and(target(owner(resideInAPackage("org.apache.spark..")))));

  /**
   * Its methods demand a proof that a folder is Rondo's; a name that users choose as well is none.
   */
  @ArchTest
  static final ArchRule FOLDERS_ARE_DELETED_IN_ONE_PLACE =
      noClasses().that().doNotBelongToAnyOf(Deletions.class).should(callRecursiveDelete());

  /**
   * A call of {@code delete(path, recursive)}, or of {@code java.nio} and commons-io kin, by code
   * that could pass {@code true}: bytecode shows no argument, so those who pass {@code false} are
   * named.
   */
  private static ArchCondition<JavaClass> callRecursiveDelete() {
    return new ArchCondition<>("delete folders with their content") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        for (JavaMethodCall call : item.getMethodCallsFromSelf()) {
          if (deletesFolders(call) && !DELETE_FILES_ONLY.contains(item.getSimpleName())) {
            events.add(SimpleConditionEvent.satisfied(item, call.getDescription()));
          }
        }
      }
    };
  }

  private static boolean deletesFolders(JavaMethodCall call) {
    JavaClass owner = call.getTargetOwner();
    if (owner.isAssignableTo(FileSystem.class) || owner.getSimpleName().equals("FileUtils")) {
      return call.getName().startsWith("delete");
    }
    return owner.getSimpleName().equals("FileUtil") && call.getName().startsWith("fullyDelete");
  }

  /**
   * They pass {@code false}: a folder that is not empty stays. Attempt's are of names it drew, and
   * FaultyFileSystem is a file system itself.
   */
  private static final Set<String> DELETE_FILES_ONLY =
      Set.of(
          "IdBlock",
          "Attempt",
          "CheckpointFiles",
          "CheckpointWriter",
          "FaultyFileSystem",
          "OwnerFile",
          "Placement",
          "RunFolder");

  @ArchTest
  static final ArchRule NUMBERS_DEPEND_ON_NO_SHARED_GENERATOR =
      noClasses()
          .that()
          .resideInAnyPackage(NUMERIC)
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(java.util.Random.class, java.util.concurrent.ThreadLocalRandom.class)
          .orShould()
          .callMethod(Math.class, "random");

  @ArchTest
  static final ArchRule NUMBERS_DEPEND_ON_NO_CLOCK =
      noClasses()
          .that()
          .resideInAnyPackage(NUMERIC)
          .and()
          .doNotBelongToAnyOf(WallClock.class)
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .dependOnClassesThat()
          .resideInAPackage("java.time..");

  @ArchTest
  static final ArchRule CLOCKS_ARE_READ_AROUND_WORKERS =
      noClasses()
          .that()
          .resideInAnyPackage(NUMERIC)
          .and()
          .doNotBelongToAnyOf(WallClock.class, ThreadCarrier.class)
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(WallClock.class);
}
