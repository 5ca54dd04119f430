package io.github.auditstream.connect.office365.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Base64;

/** A signed client assertion, right unless a test says otherwise. */
final class TestAssertion {
  private final PrivateKey key;
  private String algorithm = "PS256";
  private String clientId;
  private String audience;
  private Instant expires;

  TestAssertion(Simulator simulator, SimulatedTenant tenant, PrivateKey key) {
    this.key = key;
    clientId = tenant.clientId();
    audience = simulator.baseUri() + "/" + tenant.id() + "/oauth2/v2.0/token";
    expires = tenant.now().plusSeconds(600);
  }

  TestAssertion algorithm(String name) {
    algorithm = name;
    return this;
  }

  TestAssertion about(String client) {
    clientId = client;
    return this;
  }

  TestAssertion audience(String uri) {
    audience = uri;
    return this;
  }

  TestAssertion expires(Instant instant) {
    expires = instant;
    return this;
  }

  String sign() throws GeneralSecurityException {
    String header = "{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\"}";
    String claims =
        "{\"aud\":\"%s\",\"iss\":\"%s\",\"sub\":\"%s\",\"jti\":\"1\",\"nbf\":%d,\"exp\":%d}"
            .formatted(
                audience,
                clientId,
                clientId,
                expires.getEpochSecond() - 600,
                expires.getEpochSecond());
    String signed =
        encoded(header.getBytes(StandardCharsets.UTF_8))
            + "."
            + encoded(claims.getBytes(StandardCharsets.UTF_8));
    Signature signature;
    if (algorithm.equals("PS256")) {
      signature = Signature.getInstance("RSASSA-PSS");
      signature.setParameter(
          new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
    } else {
      signature = Signature.getInstance("SHA256withRSA");
    }
    signature.initSign(key);
    signature.update(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + encoded(signature.sign());
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
