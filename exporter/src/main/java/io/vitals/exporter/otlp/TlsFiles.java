/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.exporter.otlp;

import io.opentelemetry.exporter.internal.TlsUtil;
import io.vitals.exporter.config.Config;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Map;

/**
 * Reads the files of keys and certificates before the SDK does, so that one which is missing or no
 * such thing is named by its property; the SDK says neither, and reads them in pairs.
 */
final class TlsFiles {
  private static final String OTLP = "otel.exporter.otlp.";
  private static final String CERTIFICATES = "a file of certificates in PEM form";
  private static final String KEY = "a file of an RSA or EC key in PEM form of PKCS#8";
  private static final String NO_CLIENT = "no client certificate";

  private final Config config;
  private final Map<String, String> settings;

  TlsFiles(Config config, Map<String, String> settings) {
    this.config = config;
    this.settings = settings;
  }

  /** Takes out of the settings what cannot be used for the signal, and says so. */
  void check(String signal) {
    String trusted = name(signal, "certificate");
    if (trusted != null && certificates(trusted, "the JVM's own trusted certificates") == null) {
      settings.remove(trusted);
    }
    String key = name(signal, "client.key");
    String certificate = name(signal, "client.certificate");
    if (key == null && certificate == null || pairIsGood(key, certificate)) {
      return;
    }
    settings.remove(key);
    settings.remove(certificate);
  }

  /** The name by which the SDK finds the option for the signal, or null if it is not set. */
  private String name(String signal, String option) {
    String own = OTLP + signal + "." + option;
    String shared = OTLP + option;
    return settings.containsKey(own) ? own : settings.containsKey(shared) ? shared : null;
  }

  private boolean pairIsGood(String key, String certificate) {
    if (key == null || certificate == null) {
      String alone = key == null ? certificate : key;
      String other = key == null ? "client.key" : "client.certificate";
      config.problem(alone, "a file beside that of " + OTLP + other, NO_CLIENT);
      return false;
    }
    byte[] certificateBytes = certificates(certificate, NO_CLIENT);
    if (certificateBytes == null) {
      return false;
    }
    try {
      TlsUtil.keyManager(read(key), certificateBytes);
      return true;
    } catch (IOException | RuntimeException unusable) {
      problem(key, KEY, unusable, NO_CLIENT);
      return false;
    }
  }

  /** The bytes of a file that holds one certificate at least, or null. */
  private byte[] certificates(String name, String otherwise) {
    try {
      byte[] bytes = read(name);
      if (CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(bytes))
          .isEmpty()) {
        throw new CertificateException("there is none in it");
      }
      TlsUtil.trustManager(bytes);
      return bytes;
    } catch (IOException | GeneralSecurityException | RuntimeException unusable) {
      problem(name, CERTIFICATES, unusable, otherwise);
      return null;
    }
  }

  private byte[] read(String name) throws IOException {
    return Files.readAllBytes(new File(settings.get(name)).toPath());
  }

  private void problem(String name, String expected, Exception unusable, String otherwise) {
    config.problem(name, expected + " (" + unusable + ")", otherwise);
  }
}
