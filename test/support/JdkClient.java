import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Asks as Java does by default, that is with an offer of h2c. Standard input: the key; arguments: URL, METHOD PATH BODY... */
class JdkClient {
  public static void main(String[] arguments) throws Exception {
    var key = new String(System.in.readAllBytes());
    for (int at = 1; at + 2 < arguments.length; at += 3) {
      // A client for each: one that knows the server by an earlier answer makes no offer.
      var client = HttpClient.newHttpClient();
      var body = arguments[at + 2].isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(arguments[at + 2]);
      var request = HttpRequest.newBuilder(URI.create(arguments[0] + arguments[at + 1]))
          .header("Authorization", "Bearer " + key)
          .method(arguments[at], body)
          .build();
      var answer = client.send(request, BodyHandlers.ofString());
      System.out.println(answer.statusCode() + " " + answer.version() + " " + answer.body());
    }
  }
}
