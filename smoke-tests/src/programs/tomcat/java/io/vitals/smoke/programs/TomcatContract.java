/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.smoke.programs;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
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
      for (String path : ContractPages.PATHS) {
        add(context, path, (request, response) -> answer(pages, path, request, response));
      }
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
    Tomcat.addServlet(context, "files", "org.apache.catalina.servlets.DefaultServlet");
    context.addServletMappingDecoded("*.html", "files");
    add(context, "/items/*", (request, response) -> answer(pages, "/plain", request, response));
    add(context, "/async", (request, response) -> later(pages, request));
    add(
        context,
        "/async-dispatch",
        (request, response) -> {
          AsyncContext later = request.startAsync();
          pages.elsewhere(() -> later.dispatch("/call"));
        });
    add(context, "/async-timeout", (request, response) -> request.startAsync().setTimeout(100));
    add(context, "/teapot", (request, response) -> response.sendError(418));
    ErrorPage sorry = new ErrorPage();
    sorry.setErrorCode(418);
    sorry.setLocation("/plain");
    context.addErrorPage(sorry);
    add(
        context,
        "/forward",
        (request, response) -> request.getRequestDispatcher("/call").forward(request, response));
  }

  private static void later(ContractPages pages, HttpServletRequest request) {
    AsyncContext later = request.startAsync();
    HttpServletResponse response = (HttpServletResponse) later.getResponse();
    pages.elsewhere(
        () -> {
          try {
            answer(pages, "/call", request, response);
          } catch (IOException e) {
            response.setStatus(500);
          }
          later.complete();
        });
  }

  private static void answer(
      ContractPages pages, String path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ContractPages.Answer answer = pages.serve(path, request.getInputStream());
    if (response.getStatus() == 200) {
      response.setStatus(answer.status);
    }
    for (String value : ContractPages.Answer.X_ANSWER) {
      response.addHeader("X-Answer", value);
    }
    if (answer.status == 302) {
      response.setHeader("Location", "/plain");
    }
    response.getOutputStream().write(answer.body.getBytes(StandardCharsets.UTF_8));
  }

  private static void add(Context context, String pattern, Page page) {
    Wrapper wrapper = Tomcat.addServlet(context, pattern, new PageServlet(page));
    wrapper.setAsyncSupported(true);
    context.addServletMappingDecoded(pattern, pattern);
  }

  /** What one servlet does. */
  private interface Page {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception;
  }

  /** A servlet made of a page. */
  private static final class PageServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private final transient Page page;

    PageServlet(Page page) {
      this.page = page;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      try {
        page.serve(request, response);
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }
}
