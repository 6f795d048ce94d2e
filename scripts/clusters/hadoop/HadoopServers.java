import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/**
 * HDFS (one data node) and YARN (two node managers) in one process, until it is terminated. Runs as
 * a source file: {@code java -cp "jars/*" HadoopServers.java CONFIGURATION_FOLDER}; works below the
 * current directory. The folder, with the settings of clients, appears once both are up.
 */
public final class HadoopServers {
  private static final String QUEUES = "yarn.scheduler.capacity.root.";

  public static void main(String[] args) throws Exception {
    var settings = new Configuration();
    settings.set("hdfs.minidfs.basedir", Path.of("hdfs").toAbsolutePath().toString());
    var hdfs = new MiniDFSCluster.Builder(settings).numDataNodes(1).build();
    hdfs.waitClusterUp();
    settings.set("fs.defaultFS", hdfs.getURI().toString());
    settings.set(QUEUES + "queues", "default");
    settings.set(QUEUES + "default.capacity", "100");
    settings.set("yarn.scheduler.capacity.maximum-am-resource-percent", "1");
    settings.set("yarn.scheduler.minimum-allocation-mb", "256");
    settings.set("yarn.nodemanager.resource.memory-mb", "4096");
    settings.set("yarn.nodemanager.vmem-check-enabled", "false");
    settings.set("yarn.nodemanager.pmem-check-enabled", "false");
    settings.set(
        "yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", "100");
    var yarn = new MiniYARNCluster("rondo", 2, 1, 1);
    yarn.init(settings);
    yarn.start();
    // Stopping YARN kills the containers, which are processes of their own.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  yarn.stop();
                  hdfs.shutdown();
                }));
    write(yarn.getConfig(), Path.of(args[0]));
    Thread.currentThread().join();
  }

  /** What clients need beyond Hadoop's defaults, but not the classes that map this one host. */
  private static void write(Configuration servers, Path folder) throws Exception {
    var clients = new Configuration(false);
    for (Map.Entry<String, String> entry : servers) {
      String[] sources = servers.getPropertySources(entry.getKey());
      boolean isDefault = sources != null && sources[sources.length - 1].endsWith("-default.xml");
      if (!isDefault && !entry.getKey().startsWith("net.topology")) {
        clients.set(entry.getKey(), entry.getValue());
      }
    }
    // Under each name, since Hadoop reads the defaults of YARN after core-site.xml.
    Path attempt = Path.of(folder + ".attempt");
    Files.createDirectories(attempt);
    for (String name : List.of("core-site.xml", "hdfs-site.xml", "yarn-site.xml")) {
      try (OutputStream out = Files.newOutputStream(attempt.resolve(name))) {
        clients.writeXml(out);
      }
    }
    Files.move(attempt, folder);
  }
}
