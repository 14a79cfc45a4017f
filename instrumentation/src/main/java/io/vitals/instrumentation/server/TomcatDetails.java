/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.instrumentation.server;

import io.vitals.bootstrap.FewTexts;
import io.vitals.bootstrap.ServerDetails;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.buf.ByteChunk;
import org.apache.tomcat.util.buf.MessageBytes;
import org.apache.tomcat.util.http.MimeHeaders;

/**
 * Reads from Tomcat's buffers what only a recorded trace shows.
 *
 * <p>The bytes are copied once, and Tomcat's own state is left as it was: its {@code toString}
 * turns bytes into a string for good, for which the URI is not ready before it is decoded.
 */
public final class TomcatDetails {
  private TomcatDetails() {}

  /**
   * Reads the request; {@code path} may be known already. Names are asked for in lower case, which
   * is how HTTP/2 sends them and what Tomcat makes of the others to compare them.
   */
  static void read(Request request, ServerDetails details, String path, String[] captured) {
    details.path = path != null ? path : text(request.requestURI());
    details.query = text(request.queryString());
    MimeHeaders headers = request.getMimeHeaders();
    for (int i = 0, size = headers.size(); i < size; i++) {
      MessageBytes name = headers.getName(i);
      switch (name.getLength()) {
        case 4:
          if (details.host == null && name.equalsIgnoreCase("host")) {
            details.host = fewText(headers.getValue(i));
          }
          break;
        case 9:
          if (details.forwarded == null && name.equalsIgnoreCase("forwarded")) {
            details.forwarded = text(headers.getValue(i));
          }
          break;
        case 10:
          if (details.userAgent == null && name.equalsIgnoreCase("user-agent")) {
            details.userAgent = fewText(headers.getValue(i));
          }
          break;
        case 15:
        case 16:
        case 17:
          forwarded(details, name, headers.getValue(i));
          break;
        default:
          break;
      }
    }
    request.action(ActionCode.REQ_HOST_ADDR_ATTRIBUTE, null);
    details.peerAddress = text(request.remoteAddr());
    request.action(ActionCode.REQ_REMOTEPORT_ATTRIBUTE, null);
    details.peerPort = Math.max(0, request.getRemotePort());
    details.requestHeaders = captured(headers, captured);
  }

  private static void forwarded(ServerDetails details, MessageBytes name, MessageBytes value) {
    if (details.forwardedFor == null && name.equalsIgnoreCase("x-forwarded-for")) {
      details.forwardedFor = text(value);
    } else if (details.forwardedHost == null && name.equalsIgnoreCase("x-forwarded-host")) {
      details.forwardedHost = text(value);
    } else if (details.forwardedProto == null && name.equalsIgnoreCase("x-forwarded-proto")) {
      details.forwardedProto = text(value);
    }
  }

  /** Reads the response. */
  static void read(Response response, ServerDetails details, String[] captured) {
    details.responseHeaders = captured(response.getMimeHeaders(), captured);
  }

  /**
   * One value a name; the values of a header that comes several times are set apart by newlines.
   */
  private static String[] captured(MimeHeaders headers, String[] names) {
    if (names.length == 0) {
      return null;
    }
    String[] values = new String[names.length];
    for (int i = 0; i < names.length; i++) {
      for (int at = headers.findHeader(names[i], 0);
          at >= 0;
          at = headers.findHeader(names[i], at + 1)) {
        String value = text(headers.getValue(at));
        values[i] = values[i] == null ? value : values[i] + '\n' + value;
      }
    }
    return values;
  }

  /** The method; a known one is not copied. */
  static String method(MessageBytes method) {
    if (method.equals("GET")) {
      return "GET";
    }
    if (method.equals("POST")) {
      return "POST";
    }
    if (method.equals("PUT")) {
      return "PUT";
    }
    if (method.equals("DELETE")) {
      return "DELETE";
    }
    if (method.equals("HEAD")) {
      return "HEAD";
    }
    if (method.equals("OPTIONS")) {
      return "OPTIONS";
    }
    return method.equals("PATCH") ? "PATCH" : text(method);
  }

  /** The text of a part that has few values, of which it makes no copy. */
  private static String fewText(MessageBytes part) {
    if (part == null || part.getType() != MessageBytes.T_BYTES) {
      return text(part);
    }
    ByteChunk bytes = part.getByteChunk();
    return FewTexts.of(bytes.getBytes(), bytes.getStart(), bytes.getLength());
  }

  /** The text of a message's part, or null if there is none. */
  @SuppressWarnings("deprecation")
  static String text(MessageBytes part) {
    if (part == null || part.isNull()) {
      return null;
    }
    if (part.getType() != MessageBytes.T_BYTES) {
      return part.toString();
    }
    ByteChunk bytes = part.getByteChunk();
    return new String(bytes.getBytes(), 0, bytes.getStart(), bytes.getLength());
  }
}
