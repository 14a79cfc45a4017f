/*
 * Copyright The Vitals Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.vitals.agent.notify;

import jakarta.activation.DataHandler;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * Sends notifications as plain text by SMTP.
 *
 * <p>Mails about the same alert refer to one id that is made of its fingerprint, so that mail
 * programs show them as one conversation.
 */
final class MailSender implements Sender {
  /** How to reach the server, and who writes to whom. */
  static final class Account {
    String host;
    int port;
    boolean startTls;
    boolean tls;
    String username;
    Secret password;
    InternetAddress from;
    InternetAddress[] to;
    Trust trust;
    long timeoutNanos;
  }

  private static final Pattern CODE = Pattern.compile("^\\s*([45])\\d\\d\\b");

  private final Account account;
  private volatile AbortableSockets sockets;

  MailSender(Account account) {
    this.account = account;
  }

  @Override
  public void send(Notification notification) throws SendFailure {
    try {
      Trust trust = account.trust == null ? Trust.usual() : account.trust;
      sockets = new AbortableSockets(trust.socketFactory());
      Session session = Session.getInstance(properties());
      // Named directly: no lookup of providers.
      SMTPTransport transport =
          new SMTPTransport(session, new URLName("smtp", account.host, -1, null, null, null));
      try {
        transport.connect(account.host, account.port, account.username, password());
        MimeMessage message = message(session, notification);
        transport.sendMessage(message, message.getAllRecipients());
      } finally {
        close(transport);
      }
    } catch (MessagingException e) {
      throw failure(e);
    } catch (IOException e) {
      throw new SendFailure(Reason.REJECTED, "password_file cannot be read any more");
    } catch (GeneralSecurityException e) {
      throw new SendFailure(Reason.INTERNAL, "no TLS: " + e.getClass().getSimpleName());
    } finally {
      sockets = null;
    }
  }

  private static void close(SMTPTransport transport) {
    try {
      transport.close();
    } catch (MessagingException quitWithoutAnswer) {
      // The message has been accepted or refused before.
    }
  }

  private String password() throws IOException {
    return account.password == null ? null : account.password.get();
  }

  private Properties properties() {
    Properties properties = new Properties();
    String millis = Long.toString(TimeUnit.NANOSECONDS.toMillis(account.timeoutNanos));
    properties.put("mail.smtp.connectiontimeout", millis);
    properties.put("mail.smtp.timeout", millis);
    properties.put("mail.smtp.socketFactory", sockets.plain());
    properties.put("mail.smtp.socketFactory.fallback", "false");
    properties.put("mail.smtp.ssl.socketFactory", sockets.secure());
    properties.put("mail.smtp.ssl.enable", Boolean.toString(account.tls));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.starttls.enable", Boolean.toString(account.startTls));
    // A server that does not offer it, or somebody in between, does not get the password.
    properties.put("mail.smtp.starttls.required", Boolean.toString(account.startTls));
    properties.put("mail.smtp.auth", Boolean.toString(account.username != null));
    properties.put("mail.smtp.auth.mechanisms", "PLAIN LOGIN DIGEST-MD5");
    properties.put("mail.smtp.sendpartial", "true");
    return properties;
  }

  private MimeMessage message(Session session, Notification notification)
      throws MessagingException {
    String id = id(notification);
    MimeMessage message =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
          }
        };
    message.setFrom(account.from);
    message.setRecipients(Message.RecipientType.TO, account.to);
    message.setSubject(Wording.title(notification), "UTF-8");
    message.setSentDate(new Date(TimeUnit.NANOSECONDS.toMillis(notification.timeEpochNanos)));
    Set<String> threads = threads(notification);
    message.setHeader("In-Reply-To", threads.iterator().next());
    message.setHeader("References", String.join("\r\n ", threads));
    message.setHeader("Auto-Submitted", "auto-generated");
    // A data source is copied as it is; a text would need a handler found by its content type.
    byte[] text = Wording.text(notification).getBytes(StandardCharsets.UTF_8);
    message.setDataHandler(
        new DataHandler(new ByteArrayDataSource(text, "text/plain; charset=UTF-8")));
    message.saveChanges();
    return message;
  }

  /** The same for each attempt, so that a mail that arrives twice is seen to be one. */
  private static String id(Notification notification) {
    return "<"
        + notification.worst().event.fingerprint
        + '.'
        + Long.toString(notification.timeEpochNanos, 36)
        + '.'
        + notification.status()
        + domain(notification);
  }

  /** The ids that stand for the alerts themselves, the worst first. */
  private static Set<String> threads(Notification notification) {
    Set<String> threads = new LinkedHashSet<>();
    for (Notice notice : notification.notices) {
      if (threads.size() < Wording.MOST_SHOWN) {
        threads.add("<" + notice.event.fingerprint + domain(notification));
      }
    }
    return threads;
  }

  private static String domain(Notification notification) {
    String name = notification.service.name.replaceAll("[^A-Za-z0-9-]+", "-");
    return "@" + (name.isEmpty() ? "service" : name) + ".vitals>";
  }

  private SendFailure failure(MessagingException thrown) {
    if (thrown instanceof SendFailedException) {
      jakarta.mail.Address[] sent = ((SendFailedException) thrown).getValidSentAddresses();
      if (sent != null && sent.length > 0) {
        return new SendFailure(
            Reason.REJECTED, "only " + sent.length + " of " + account.to.length + " recipients");
      }
    }
    Reason reason = null;
    Throwable cause = thrown;
    for (Throwable each = thrown; each != null; each = next(each)) {
      cause = each;
      Matcher code = CODE.matcher(String.valueOf(each.getMessage()));
      if (code.find()) {
        reason = code.group(1).equals("4") ? Reason.UNAVAILABLE : Reason.REJECTED;
      } else if (each instanceof SocketTimeoutException) {
        reason = Reason.TIMEOUT;
      } else if (each instanceof AuthenticationFailedException && reason == null) {
        reason = Reason.REJECTED;
      }
    }
    AbortableSockets used = sockets;
    if (used != null && used.isAborted()) {
      return new SendFailure(Reason.TIMEOUT, "given up: no end of the answer");
    }
    String text = cause.getClass().getSimpleName() + ": " + cause.getMessage();
    return new SendFailure(
        reason == null ? Reason.UNREACHABLE : reason,
        account.password == null ? text : account.password.scrub(text).trim());
  }

  private static Throwable next(Throwable thrown) {
    return thrown instanceof MessagingException
        ? ((MessagingException) thrown).getNextException()
        : thrown.getCause();
  }

  @Override
  public String peer() {
    return "smtp://" + account.host + ":" + account.port;
  }

  @Override
  public void cancel() {
    AbortableSockets used = sockets;
    if (used != null) {
      used.abort();
    }
  }
}
