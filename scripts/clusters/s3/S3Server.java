import akka.http.scaladsl.Http;
import io.findify.s3mock.S3Mock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * An S3 server in memory with one bucket, until it is terminated. Runs as a source file: {@code java
 * -cp "jars/*" S3Server.java BUCKET}; prints its address.
 */
public final class S3Server {
  public static void main(String[] args) throws Exception {
    S3Mock server = new S3Mock.Builder().withPort(0).withInMemoryBackend().build();
    Http.ServerBinding binding = server.start();
    String address = "http://127.0.0.1:" + binding.localAddress().getPort();
    HttpRequest bucket =
        HttpRequest.newBuilder(URI.create(address + "/" + args[0]))
            .PUT(BodyPublishers.noBody())
            .build();
    int status = HttpClient.newHttpClient().send(bucket, BodyHandlers.discarding()).statusCode();
    if (status != 200) {
      throw new IllegalStateException("the bucket was not made: HTTP status " + status);
    }
    System.out.println("address " + address);
    Thread.currentThread().join();
  }
}
