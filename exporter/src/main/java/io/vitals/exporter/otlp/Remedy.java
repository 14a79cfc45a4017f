/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Tells what to do about an export that failed, where the failure shows that. */
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

  private Remedy() {}

  /** One sentence about the backend, or null if the failure does not tell. */
  static String of(Throwable failure) {
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
