package org.mdx.view.internal.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Who may ask. A request must be a GET, name this server as its host (a name that an attacker has
 * pointed to the loopback address does not), come from its own page or from none, and, for data,
 * bear the token that is in the address which the command prints.
 */
public final class Gate {
  private static final int TOKEN_BYTES = 24; // 192 bits
  private static final String BEARER = "Bearer ";

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'"
          + " blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

  private final String token;
  private final Set<String> hosts;

  /** A gate with a token of its own for the hosts by which the server is known. */
  public Gate(Set<String> hosts) {
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    this.hosts = Set.copyOf(hosts);
  }

  public String token() {
    return token;
  }

  /** Sets the headers that every reply has, refusals too. */
  public void protect(Headers headers) {
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Cache-Control", "no-store");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("X-Frame-Options", "DENY");
  }

  /** Refuses what is no GET of this server's own page. */
  public void checkRequest(HttpExchange exchange) {
    if (!exchange.getRequestMethod().equals("GET")) {
      exchange.getResponseHeaders().set("Allow", "GET");
      throw new Refusal(Refusal.METHOD, "only GET is answered");
    }
    Headers headers = exchange.getRequestHeaders();
    String host = single(headers, "Host");
    if (host == null || !hosts.contains(host.toLowerCase(Locale.ROOT))) {
      throw new Refusal(Refusal.FORBIDDEN, "the Host of the request is not this server");
    }
    String origin = single(headers, "Origin");
    if (origin != null && !origin.equalsIgnoreCase("http://" + host)) {
      throw new Refusal(Refusal.FORBIDDEN, "the request comes from the page of another Origin");
    }
    String site = single(headers, "Sec-Fetch-Site");
    boolean navigation = "navigate".equals(single(headers, "Sec-Fetch-Mode"));
    if (site != null && !navigation && !site.equals("same-origin") && !site.equals("none")) {
      throw new Refusal(Refusal.FORBIDDEN, "the request comes from another site");
    }
  }

  private static String single(Headers headers, String name) {
    List<String> values = headers.get(name);
    if (values == null || values.isEmpty()) {
      return null;
    }
    if (values.size() > 1) {
      throw new Refusal(Refusal.BAD_REQUEST, name + " is given twice");
    }
    return values.get(0);
  }

  /** Refuses a request for data without the token; takes as long for every wrong one. */
  public void checkToken(HttpExchange exchange) {
    String given = single(exchange.getRequestHeaders(), "Authorization");
    byte[] expected = (BEARER + token).getBytes(StandardCharsets.UTF_8);
    byte[] found = given == null ? new byte[0] : given.getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(expected, found)) {
      throw new Refusal(
          Refusal.FORBIDDEN,
          "the token is missing or wrong; open the whole address that mdx view printed");
    }
  }
}
