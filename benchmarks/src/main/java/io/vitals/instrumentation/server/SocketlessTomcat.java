/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.server;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.CoyoteAdapter;
import org.apache.catalina.startup.ExpandWar;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.OutputBuffer;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.buf.MessageBytes;

/**
 * A Tomcat with one servlet at {@code /orders/*} whose requests are put in behind the socket: what
 * the HTTP parser leaves is written into a coyote request by hand.
 *
 * <p>As with the parser, texts are bytes until somebody asks for a {@code String}.
 */
public final class SocketlessTomcat implements AutoCloseable {
  private static final byte[] METHOD = ascii("GET");
  private static final byte[] PATH = ascii("/orders/17");
  private static final byte[] QUERY = ascii("full=true");
  private static final byte[] PROTOCOL = ascii("HTTP/1.1");
  private static final byte[] HOST = ascii("shop.example.com");
  private static final byte[] USER_AGENT = ascii("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0");
  private static final byte[] BODY = ascii("{\"order\":17}");

  private final Tomcat tomcat = new Tomcat();
  private final File base;
  private final CoyoteAdapter adapter;
  private final Request request = new Request();
  private final Response response = new Response();
  private final Sent sent = new Sent();
  private byte[] traceParent;

  /** Starts it; what is given runs inside the servlet. */
  public SocketlessTomcat(Consumer<HttpServletRequest> work) throws Exception {
    base = Files.createTempDirectory("vitals-benchmark").toFile();
    tomcat.setBaseDir(base.getPath());
    tomcat.setSilent(true);
    tomcat.setPort(0);
    Connector connector = tomcat.getConnector();
    Context context = tomcat.addContext("", base.getPath());
    Tomcat.addServlet(context, "orders", new Orders(work));
    context.addServletMappingDecoded("/orders/*", "orders");
    tomcat.start();
    adapter = new CoyoteAdapter(connector);
    request.setResponse(response);
    response.setRequest(request);
    response.setOutputBuffer(sent);
  }

  /** Gives the requests from now on a {@code traceparent}. */
  public void continueTrace(String value) {
    traceParent = ascii(value);
  }

  /** Serves one request, and returns how many bytes its answer has. */
  public long serve() throws Exception {
    set(request.method(), METHOD);
    set(request.requestURI(), PATH);
    set(request.queryString(), QUERY);
    set(request.protocol(), PROTOCOL);
    set(request.serverName(), HOST);
    request.setServerPort(8080);
    request.scheme().setString("http");
    request.remoteAddr().setString("192.0.2.7");
    request.setRemotePort(54321);
    set(request.getMimeHeaders().setValue("host"), HOST);
    set(request.getMimeHeaders().setValue("user-agent"), USER_AGENT);
    if (traceParent != null) {
      set(request.getMimeHeaders().setValue("traceparent"), traceParent);
    }
    sent.bytes = 0;
    adapter.service(request, response);
    if (response.getStatus() != 200) {
      throw new IllegalStateException("status " + response.getStatus());
    }
    request.recycle();
    response.recycle();
    return sent.bytes;
  }

  private static void set(MessageBytes text, byte[] bytes) {
    text.setBytes(bytes, 0, bytes.length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws Exception {
    tomcat.stop();
    tomcat.destroy();
    ExpandWar.delete(base);
  }

  /** Answers with a few bytes. */
  private static final class Orders extends HttpServlet {
    private static final long serialVersionUID = 1;
    private final transient Consumer<HttpServletRequest> work;

    Orders(Consumer<HttpServletRequest> work) {
      this.work = work;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      work.accept(request);
      response.getOutputStream().write(BODY);
    }
  }

  /** Where the answer goes. */
  private static final class Sent implements OutputBuffer {
    long bytes;

    @Override
    public int doWrite(ByteBuffer chunk) {
      int length = chunk.remaining();
      chunk.position(chunk.limit());
      bytes += length;
      return length;
    }

    @Override
    public long getBytesWritten() {
      return bytes;
    }
  }
}
