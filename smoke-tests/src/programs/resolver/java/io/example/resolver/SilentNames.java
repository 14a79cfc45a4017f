/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.example.resolver;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/**
 * Looks {@code never.test} up with the name server on the port {@code names.port} of loopback, for
 * as long as that takes, and prints which thread asked; all other names are looked up as ever.
 *
 * <p>Its interface is there from JDK 18 on: the test compiles it with the JDK that runs it.
 */
public final class SilentNames extends InetAddressResolverProvider {
  private static final String NAME = "never.test";

  @Override
  public String name() {
    return "silent names";
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    InetAddressResolver usual = configuration.builtinResolver();
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
          throws UnknownHostException {
        return host.equals(NAME) ? asked() : usual.lookupByName(host, policy);
      }

      @Override
      public String lookupByAddress(byte[] address) throws UnknownHostException {
        return usual.lookupByAddress(address);
      }
    };
  }

  private static Stream<InetAddress> asked() throws UnknownHostException {
    System.out.println("looked up by " + Thread.currentThread().getName());
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      byte[] question = NAME.getBytes(StandardCharsets.US_ASCII);
      socket.send(
          new DatagramPacket(
              question,
              question.length,
              InetAddress.getLoopbackAddress(),
              Integer.getInteger("names.port")));
      DatagramPacket answer = new DatagramPacket(new byte[4], 4);
      socket.receive(answer);
      return Stream.of(InetAddress.getByAddress(NAME, answer.getData()));
    } catch (IOException e) {
      throw new UnknownHostException(e.toString());
    }
  }
}
