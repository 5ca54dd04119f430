package io.github.auditstream.connect.office365.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Verifies client assertions as Entra ID's page on certificate credentials describes them: a JWT,
 * signed PS256 or RS256 by a registered certificate, issued by and about the client, for the token
 * endpoint, within its time.
 */
final class ClientAssertions {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long ALLOWED_SKEW_SECONDS = 300;

  private ClientAssertions() {}

  /** The error to answer, or nothing where the assertion is right. */
  static Optional<Answer> refusal(
      String assertion,
      String clientId,
      List<String> audiences,
      List<X509Certificate> certificates,
      Instant now) {
    String[] parts = assertion.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.of(EntraErrors.badAssertion("it is not a signed JWT"));
    }
    try {
      JsonNode header = MAPPER.readTree(decoded(parts[0]));
      JsonNode claims = MAPPER.readTree(decoded(parts[1]));
      byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
      if (!signedByAny(certificates, header.path("alg").asText(), signed, decoded(parts[2]))) {
        return Optional.of(EntraErrors.badAssertion("no registered certificate signed it"));
      }
      if (!claims.path("iss").asText().equals(clientId)
          || !claims.path("sub").asText().equals(clientId)) {
        return Optional.of(EntraErrors.badAssertion("issuer and subject must be the client"));
      }
      if (!audiences.contains(claims.path("aud").asText())) {
        return Optional.of(EntraErrors.badAssertion("the audience is not the token endpoint"));
      }
      if (claims.path("exp").asLong() <= now.getEpochSecond()
          || claims.path("nbf").asLong() > now.getEpochSecond() + ALLOWED_SKEW_SECONDS) {
        return Optional.of(EntraErrors.assertionExpired());
      }
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.of(EntraErrors.badAssertion("it cannot be read"));
    }
  }

  private static boolean signedByAny(
      List<X509Certificate> certificates, String algorithm, byte[] signed, byte[] signature) {
    return certificates.stream()
        .anyMatch(certificate -> signedBy(certificate, algorithm, signed, signature));
  }

  private static boolean signedBy(
      X509Certificate certificate, String algorithm, byte[] signed, byte[] signature) {
    try {
      Signature verifier;
      if (algorithm.equals("PS256")) {
        verifier = Signature.getInstance("RSASSA-PSS");
        verifier.setParameter(
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
      } else if (algorithm.equals("RS256")) {
        verifier = Signature.getInstance("SHA256withRSA");
      } else {
        return false;
      }
      verifier.initVerify(certificate.getPublicKey());
      verifier.update(signed);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static byte[] decoded(String part) {
    return Base64.getUrlDecoder().decode(part);
  }
}
