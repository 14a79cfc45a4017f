/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import io.vitals.exporter.yaml.FileFault;
import io.vitals.exporter.yaml.YamlNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Whose certificates a channel accepts. Never touches the JVM's default SSL context, which is the
 * application's.
 */
final class Trust {
  private final X509TrustManager manager;
  private final SSLSocketFactory sockets;

  private Trust(KeyStore accepted) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(accepted);
    TrustManager[] managers = factory.getTrustManagers();
    this.manager = (X509TrustManager) managers[0];
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers, null);
    this.sockets = context.getSocketFactory();
  }

  /** What the JVM trusts. */
  static Trust usual() throws GeneralSecurityException {
    return new Trust(null);
  }

  /** The certificates of {@code ca_file}, in PEM; null if there is no such field. */
  static Trust read(YamlNode owner) throws FileFault {
    YamlNode node = owner.field("ca_file");
    if (node == null) {
      return null;
    }
    try (InputStream in = Files.newInputStream(Paths.get(node.text()))) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int count = 0;
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca-" + count++, each);
      }
      if (count == 0) {
        throw node.expected("a file of certificates in PEM form");
      }
      return new Trust(store);
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw node.expected("a readable file of certificates in PEM form");
    }
  }

  X509TrustManager manager() {
    return manager;
  }

  SSLSocketFactory socketFactory() {
    return sockets;
  }
}
