/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Keys with certificates that the JDK's keytool makes, in one store; each has a name. */
final class Keys {
  /** What a certificate for a server here has to name. */
  static final String LOOPBACK = "san=dns:localhost,ip:127.0.0.1";

  /** What makes a certificate one of a CA. */
  static final String AUTHORITY = "bc:c";

  private static final char[] PASSWORD = "changeit".toCharArray();

  private final Path folder;
  private final Path store;

  Keys(Path folder) {
    this.folder = folder;
    this.store = folder.resolve("keys.p12");
  }

  /**
   * Makes a key and its certificate.
   *
   * @param algorithm {@code RSA} or {@code EC}
   * @param extension of the certificate, in keytool's words
   * @param signer the name of the key that signs it; if there is none the key itself does
   */
  Keys add(String name, String algorithm, String extension, String... signer) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(Jdk.running().tool("keytool"), "-genkeypair", "-alias", name));
    command.addAll(List.of("-keyalg", algorithm, "-dname", "CN=" + name, "-ext", extension));
    command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", new String(PASSWORD)));
    for (String each : signer) {
      command.addAll(List.of("-signer", each));
    }
    // JDK 8 does not read the newer algorithms.
    command.add("-J-Dkeystore.pkcs12.legacy");
    try {
      Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(keytool.waitFor()).as(said).isZero();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("no key " + name, e);
    }
    return this;
  }

  /** The file of them all, PKCS#12 with the password {@code changeit}. */
  Path store() {
    return store;
  }

  /** A file with the certificate in PEM form. */
  Path certificate(String name) {
    try {
      return pem(name, "CERTIFICATE", read().getCertificate(name).getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A file with the private key in PEM form of PKCS#8. */
  Path key(String name) {
    try {
      return pem(name, "PRIVATE KEY", read().getKey(name, PASSWORD).getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path pem(String name, String type, byte[] bytes) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    String pem = "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
    try {
      return Files.writeString(folder.resolve(name + "-" + type.replace(' ', '-') + ".pem"), pem);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One that shows the first name's certificate, or none if null, and trusts the second's. */
  SSLContext context(String shown, String trusted) {
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(only(shown), PASSWORD);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      KeyStore certificates = only(null);
      certificates.setCertificateEntry(trusted, read().getCertificate(trusted));
      trust.init(certificates);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyStore only(String name) throws GeneralSecurityException, IOException {
    KeyStore one = KeyStore.getInstance("PKCS12");
    one.load(null, null);
    if (name != null) {
      KeyStore all = read();
      one.setKeyEntry(name, all.getKey(name, PASSWORD), PASSWORD, all.getCertificateChain(name));
    }
    return one;
  }

  private KeyStore read() {
    try {
      return KeyStore.getInstance(store.toFile(), PASSWORD);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("no store of keys", e);
    }
  }
}
