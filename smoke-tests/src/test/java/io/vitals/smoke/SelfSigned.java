/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for {@code localhost} that only those trust who are told to.
 *
 * @param store the PKCS12 file with it and its key; its password is {@link #PASSWORD}
 * @param trust trusts it
 */
record SelfSigned(Path store, SSLContext trust) {
  static final String PASSWORD = "changeit";

  static SelfSigned in(Path folder, String name) throws Exception {
    Path store = folder.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Jdk.running().tool("keytool"),
                "-genkeypair",
                "-alias",
                "key",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD,
                // JDK 8 does not read the newer algorithms.
                "-J-Dkeystore.pkcs12.legacy")
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(
        "key", KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray()).getCertificate("key"));
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext trust = SSLContext.getInstance("TLS");
    trust.init(null, factory.getTrustManagers(), null);
    return new SelfSigned(store, trust);
  }

  /** Has the JVM trust it by default. */
  Jvm trustedBy(Jvm jvm) {
    return jvm.property("javax.net.ssl.trustStore", store.toString())
        .property("javax.net.ssl.trustStoreType", "PKCS12")
        .property("javax.net.ssl.trustStorePassword", PASSWORD);
  }
}
