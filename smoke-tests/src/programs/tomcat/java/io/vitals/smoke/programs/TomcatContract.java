/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/** The pages of the HTTP contract, and those that only servlets have, on an embedded Tomcat. */
public final class TomcatContract {
  private static final int THREADS = ContractPages.WAYS_THAT_MEET + 4;

  private TomcatContract() {}

  public static void main(String[] arguments) throws Exception {
    Console.quiet();
    Path base = Files.createTempDirectory("contract");
    Path files = Files.createDirectories(base.resolve("pages"));
    Files.write(files.resolve("about.html"), "<p>About.</p>".getBytes(StandardCharsets.UTF_8));
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(base.toString());
    Connector plain = connector(tomcat);
    Connector secure = connector(tomcat);
    secure(secure, System.getProperty("contract.key"));
    tomcat.setConnector(plain);
    try (ContractPages pages = new ContractPages()) {
      Context context = tomcat.addContext("", files.toString());
      servlets(context, pages);
      tomcat.start();
      System.out.println("secure port=" + secure.getLocalPort());
      Console.serve(plain.getLocalPort());
      Leaks.print(plain.getProtocolHandler().getExecutor(), THREADS);
    } finally {
      tomcat.stop();
      tomcat.destroy();
    }
  }

  /** A connector on a free port for HTTP/1.1 and HTTP/2, with a thread for each that meets. */
  static Connector connector(Tomcat tomcat) {
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    connector.setProperty("maxThreads", Integer.toString(THREADS));
    Http2Protocol http2 = new Http2Protocol();
    http2.setMaxConcurrentStreams(THREADS);
    http2.setMaxConcurrentStreamExecution(THREADS);
    connector.addUpgradeProtocol(http2);
    tomcat.getService().addConnector(connector);
    return connector;
  }

  /** Has the connector speak TLS with the key of that PKCS12 store. */
  static void secure(Connector connector, String keyStore) {
    SSLHostConfig host = new SSLHostConfig();
    SSLHostConfigCertificate key =
        new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.RSA);
    key.setCertificateKeystoreFile(keyStore);
    key.setCertificateKeystorePassword("changeit");
    key.setCertificateKeystoreType("PKCS12");
    host.addCertificate(key);
    connector.addSslHostConfig(host);
    connector.setScheme("https");
    connector.setSecure(true);
    connector.setProperty("SSLEnabled", "true");
  }

  private static void servlets(Context context, ContractPages pages) {
    ServletPages.addTo(
        (pattern, servlet) -> {
          Wrapper wrapper = Tomcat.addServlet(context, pattern, servlet);
          wrapper.setAsyncSupported(true);
          context.addServletMappingDecoded(pattern, pattern);
        },
        pages);
    Tomcat.addServlet(context, "files", "org.apache.catalina.servlets.DefaultServlet");
    context.addServletMappingDecoded("*.html", "files");
    FilterDef guard = new FilterDef();
    guard.setFilterName("guard");
    guard.setFilter(new ServletPages.Guard());
    guard.setAsyncSupported("true");
    context.addFilterDef(guard);
    FilterMap guarded = new FilterMap();
    guarded.setFilterName("guard");
    guarded.addURLPattern("/guarded/*");
    context.addFilterMap(guarded);
    ErrorPage sorry = new ErrorPage();
    sorry.setErrorCode(418);
    sorry.setLocation("/plain");
    context.addErrorPage(sorry);
  }
}
