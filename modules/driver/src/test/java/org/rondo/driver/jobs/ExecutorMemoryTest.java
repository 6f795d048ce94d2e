package org.rondo.driver.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondo.training.JobMemory;

class ExecutorMemoryTest {
  private static final String OPTIONS = "spark.executor.extraJavaOptions";
  private static final String OVERHEAD = "spark.executor.memoryOverhead";
  private static final long MB = 1 << 20;

  /** 16 tasks of 100 MB to train and 20 to evaluate. */
  private static final JobMemory JOB = new JobMemory(16, 100 * MB, 20 * MB, 50 * MB);

  private static SparkConf conf(String master) {
    return new SparkConf(false).setMaster(master);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "local | | 1",
        "local[3] | | 3",
        "local[3,2] | | 3",
        "local[64] | | 16",
        "local-cluster[2,5,1024] | | 5",
        "yarn | | 1",
        "yarn | 4 | 4",
        "k8s://https://host:6443 | 2 | 2",
        "spark://host:7077 | 8 | 8",
        "spark://host:7077 | | 16"
      })
  void tasksAtOnceFollowTheCoresOfAnExecutor(String master, String cores, int tasks) {
    SparkConf conf = conf(master);
    if (cores != null) {
      conf.set("spark.executor.cores", cores);
    }
    assertThat(new ExecutorMemory(conf, JOB).tasksAtOnce()).isEqualTo(tasks);
  }

  @ParameterizedTest
  @CsvSource({
    "spark.executor.memory, abc",
    "spark.executor.memoryOverhead, 1x",
    "spark.executor.cores, x",
    "spark.executor.cores, 0",
    "spark.task.cpus, 0",
    "spark.task.cpus, 1.5"
  })
  void whatIsNoSizeOrNumberIsNamedWithItsKey(String key, String value) {
    var memory = new ExecutorMemory(conf("yarn").set(key, value), JOB);
    assertThatThrownBy(
            () -> {
              memory.provide();
              memory.require();
            })
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(key + " = " + value + ", expected a ");
  }

  @Test
  void otherSizesAreNamedAsWell() {
    var memory = new ExecutorMemory(conf("yarn").set("spark.driver.memory", "much"), JOB);
    assertThatThrownBy(memory::driverOverhead).hasMessageStartingWith("spark.driver.memory = much");
    var direct = new ExecutorMemory(conf("yarn").set(OPTIONS, "-XX:MaxDirectMemorySize=lots"), JOB);
    assertThatThrownBy(direct::require)
        .hasMessageStartingWith("-XX:MaxDirectMemorySize in " + OPTIONS + " = lots");
  }

  @Test
  void whatNobodySetIsSetSoThatTheBuffersFit() {
    SparkConf conf =
        conf("yarn").set("spark.executor.cores", "4").set("spark.executor.memory", "8g");
    conf.set(OPTIONS, "-Xss2m");
    var memory = new ExecutorMemory(conf, JOB);

    memory.provide();

    // The heap, which is what the JVM allows by itself, and 4 x 120 MB.
    assertThat(conf.get(OPTIONS)).isEqualTo("-Xss2m -XX:MaxDirectMemorySize=8672m");
    // A tenth of the heap, as Spark reckons it, and 4 x 120 MB.
    assertThat(conf.get(OVERHEAD)).isEqualTo("1299m");
    assertThatCode(memory::require).doesNotThrowAnyException();
  }

  @Test
  void whatTheUserSetIsKeptWhereItIsEnough() {
    SparkConf conf = conf("yarn").set(OVERHEAD, "2g");
    conf.set(OPTIONS, "-XX:MaxDirectMemorySize=1g");
    var memory = new ExecutorMemory(conf, JOB);

    memory.provide();

    assertThat(conf.get(OVERHEAD)).isEqualTo("2g");
    assertThat(conf.get(OPTIONS)).isEqualTo("-XX:MaxDirectMemorySize=1g");
    assertThatCode(memory::require).doesNotThrowAnyException();
  }

  @Test
  void tooLittleOverheadIsRefusedWithWhatWouldDo() {
    SparkConf conf = conf("yarn").set("spark.executor.cores", "4").set(OVERHEAD, "600m");
    assertThatThrownBy(() -> new ExecutorMemory(conf, JOB).require())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "spark.executor.memoryOverhead = 600m is too little: the native buffers of 4 tasks at a"
                + " time take 480 MB, and the JVM itself some 256 MB; give at least 864m before"
                + " Spark starts; the rondo command does where nothing is set");
    // No container, no limit.
    assertThatCode(() -> new ExecutorMemory(conf.setMaster("spark://host:7077"), JOB).require())
        .doesNotThrowAnyException();
  }

  @Test
  void tooLittleDirectMemoryOfExecutorsIsRefused() {
    SparkConf conf = conf("spark://host:7077").set("spark.executor.cores", "2");
    conf.set(OPTIONS, "-XX:MaxDirectMemorySize=200m");
    assertThatThrownBy(() -> new ExecutorMemory(conf, JOB).require())
        .hasMessageContaining(
            "-XX:MaxDirectMemorySize=200m in spark.executor.extraJavaOptions is less than the 240 MB")
        .hasMessageContaining(
            "set -XX:MaxDirectMemorySize=1264m in spark.executor.extraJavaOptions before Spark starts");
  }

  /** As that of a notebook, which Rondo did not start. */
  @Test
  void aContextThatSaysNothingOfDirectMemoryHasThatOfTheHeap() {
    SparkConf conf = conf("local-cluster[2,8,1024]").set("spark.executor.memory", "900m");
    assertThatThrownBy(() -> new ExecutorMemory(conf, JOB).require())
        .hasMessage(
            "the heap of an executor, 900 MB, bounds its native buffers as well, and is less than"
                + " the 960 MB that the native buffers of 8 tasks at a time take; set"
                + " -XX:MaxDirectMemorySize=1860m in spark.executor.extraJavaOptions before Spark"
                + " starts; the rondo command does where nothing is set");
    assertThatCode(() -> new ExecutorMemory(conf.set("spark.executor.memory", "1g"), JOB).require())
        .doesNotThrowAnyException();
  }

  @Test
  void tooLittleDirectMemoryOfThisProcessIsRefusedWhereItRunsTheTasks() {
    var large = new JobMemory(8, Runtime.getRuntime().maxMemory(), 0, 0);
    assertThatThrownBy(() -> new ExecutorMemory(conf("local[2]"), large).require())
        .hasMessageContaining("this JVM allows")
        .hasMessageContaining("RONDO_JAVA_OPTS");
    assertThatCode(() -> new ExecutorMemory(conf("local[2]"), JOB).require())
        .doesNotThrowAnyException();
  }

  @Test
  void theDriversContainerHoldsWhatItComputesItself() {
    assertThat(new ExecutorMemory(conf("yarn"), JOB).driverOverhead()).isEqualTo(384 + 50);
  }
}
