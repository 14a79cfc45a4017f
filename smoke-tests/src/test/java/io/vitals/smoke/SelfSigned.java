/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;

/**
 * A certificate for {@code localhost} that only those trust who are told to.
 *
 * @param store the PKCS12 file with it and its key; its password is {@link #PASSWORD}
 * @param trust trusts it
 */
record SelfSigned(Path store, SSLContext trust) {
  static final String PASSWORD = "changeit";

  static SelfSigned in(Path folder, String name) throws IOException {
    Keys keys =
        new Keys(Files.createDirectories(folder.resolve(name))).add("key", "RSA", Keys.LOOPBACK);
    return new SelfSigned(keys.store(), keys.context(null, "key"));
  }

  /** Has the JVM trust it by default. */
  Jvm trustedBy(Jvm jvm) {
    return jvm.property("javax.net.ssl.trustStore", store.toString())
        .property("javax.net.ssl.trustStoreType", "PKCS12")
        .property("javax.net.ssl.trustStorePassword", PASSWORD);
  }
}
