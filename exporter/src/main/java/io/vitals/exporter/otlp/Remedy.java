/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import io.vitals.exporter.config.Config;
import io.vitals.exporter.config.OtlpEndpoint;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Tells what to do about an export of one signal that failed, where the failure shows that.
 *
 * <p>Under TLS 1.3 a client is done with the handshake before the backend has looked for its
 * certificate. A backend that misses one then ends the connection, and which of these the client
 * finds first is a race: JDK 8 to 21 a broken pipe, a reset or the end of the stream, JDK 25 at
 * times the alert, at times the broken pipe with the alert of the second attempt suppressed in it.
 */
final class Remedy {
  private static final String TRUST =
      "its certificate is not trusted: name the certificate of its CA in"
          + " otel.exporter.otlp.certificate";
  private static final String NAME =
      "its certificate is for another host: use a host that it names in"
          + " otel.exporter.otlp.endpoint";
  private static final String CLIENT =
      "it asks for a certificate that it trusts: name one in otel.exporter.otlp.client.certificate,"
          + " its key in otel.exporter.otlp.client.key";

  private static final String CLIENT_PERHAPS =
      "it ended the connection: if it asks for a certificate, name one in"
          + " otel.exporter.otlp.client.certificate, its key in otel.exporter.otlp.client.key";

  private final boolean withoutCertificate;

  private Remedy(boolean withoutCertificate) {
    this.withoutCertificate = withoutCertificate;
  }

  /** For {@code traces} or {@code metrics}. */
  static Remedy of(Config config, String signal) {
    String option = "client.certificate";
    return new Remedy(
        OtlpEndpoint.of(config, signal).startsWith("https:")
            && config.origin("otel.exporter.otlp." + signal + "." + option) == null
            && config.origin("otel.exporter.otlp." + option) == null);
  }

  /** One sentence about the backend, or null if the failure does not tell. */
  String about(Throwable failure) {
    String certain = certain(failure);
    if (certain != null || !isEndOfConnection(failure)) {
      return certain;
    }
    for (Throwable each = failure; each != null; each = each.getCause()) {
      for (Throwable attempt : each.getSuppressed()) {
        certain = certain == null ? certain(attempt) : certain;
      }
    }
    return certain == null && withoutCertificate ? CLIENT_PERHAPS : certain;
  }

  /** Not one that could not be made, nor one that ended within the handshake. */
  private static boolean isEndOfConnection(Throwable failure) {
    boolean ended = false;
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SSLException) {
        return false;
      }
      ended |=
          each.getClass() == SocketException.class
              || each instanceof EOFException
              || each instanceof IOException
                  && String.valueOf(each.getMessage()).startsWith("unexpected end of stream");
    }
    return ended;
  }

  private static String certain(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SSLPeerUnverifiedException) {
        return NAME;
      }
      if (each instanceof CertPathBuilderException
          || each instanceof CertPathValidatorException
          || each instanceof CertificateException) {
        return TRUST;
      }
      if (each instanceof SSLException && each.getMessage() != null) {
        String alert = ofAlert(each.getMessage());
        if (alert != null) {
          return alert;
        }
      }
    }
    return null;
  }

  /** By the texts of the JDK, which has no type for it. */
  private static String ofAlert(String message) {
    boolean asked =
        message.contains("certificate_required")
            || message.contains("bad_certificate")
            || message.contains("certificate_unknown");
    return asked ? CLIENT : null;
  }
}
