"""Delivery reports as different mail servers write them, in words of our own."""

TO = "bounces+7-mzxw6ytboi4dgnry@letters.example"
HARD = "5.1.1"


def postfix(to: str = TO, status: str = HARD, action: str = "failed", diagnosis: str = "") -> bytes:
    """With its own name for each field, a queue number, and `Auto-Submitted` as every automatic answer has it."""
    said = diagnosis or (
        "smtp; 550 5.1.1 <director@justice.example>: Recipient address\n    rejected: User unknown in virtual mailbox table"
    )
    return f"""Return-Path: <>
Delivered-To: {to}
Received: by mx.letters.example (Postfix)
\tid 4F1C2A0B7D; Sun, 22 Nov 2026 12:00:09 +0000 (UTC)
Date: Sun, 22 Nov 2026 12:00:09 +0000 (UTC)
From: MAILER-DAEMON@mx.letters.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: {to}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="4A11B2C.1763812809/mx.letters.example"
Message-Id: <20261122120009.6E2D1A0B7F@mx.letters.example>

This is a MIME-encapsulated message.

--4A11B2C.1763812809/mx.letters.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.letters.example.
Your message could not be handed to one or more recipients.

--4A11B2C.1763812809/mx.letters.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.letters.example
X-Postfix-Queue-ID: 4F1C2A0B7D
Arrival-Date: Sun, 22 Nov 2026 12:00:02 +0000 (UTC)

Final-Recipient: rfc822; director@justice.example
Original-Recipient: rfc822;director@justice.example
Action: {action}
Status: {status}
Remote-MTA: dns; mail.justice.example
Diagnostic-Code: {said}

--4A11B2C.1763812809/mx.letters.example
Content-Description: Undelivered Message
Content-Type: message/rfc822

From: Sol Writer <letters@letters.example>
Message-ID: <other@letters.example>
Subject: Please release Ana Ruiz

Dear Director,

--4A11B2C.1763812809/mx.letters.example--
""".encode()


def exim(to: str = TO) -> bytes:
    """The name of the boundary without quotes, the recipient in a field of its own, no words of the other server."""
    return f"""From MAILER-DAEMON Sun Nov 22 12:00:09 2026
Return-path: <>
Envelope-to: {to}
X-Failed-Recipients: director@justice.example
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@smtp.relay.example>
To: {to}
Content-Type: multipart/report; report-type=delivery-status; boundary=1763812809-eximdsn-846930886
MIME-Version: 1.0
Subject: Mail delivery failed: returning message to sender
Message-Id: <E1vMabc-0001xY-2K@smtp.relay.example>

--1763812809-eximdsn-846930886
Content-type: text/plain; charset=us-ascii

This message was created automatically. A message that you sent has not been delivered.

--1763812809-eximdsn-846930886
Content-type: message/delivery-status

Reporting-MTA: dns; smtp.relay.example

Action: failed
Final-Recipient: rfc822;director@justice.example
Status: 5.0.0

--1763812809-eximdsn-846930886
Content-type: message/rfc822

Subject: Please release Ana Ruiz

--1763812809-eximdsn-846930886--
""".encode()


def exchange(to: str = TO) -> bytes:
    """CRLF, fields in an order of its own, its own X- fields, and the report packed as base64."""
    import base64

    fields = (
        "Reporting-MTA: dns;EX02.justice.example\r\nReceived-From-MTA: dns;mx.letters.example\r\n"
        "Arrival-Date: Sun, 22 Nov 2026 12:00:03 +0000\r\n\r\n"
        "Final-Recipient: rfc822;director@justice.example\r\nAction: failed\r\nStatus: 5.7.133\r\n"
        "Diagnostic-Code: smtp;550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication\r\n"
        " required; Delivery restriction check failed\r\nX-Display-Name: Office of the Director\r\n"
    )
    packed = base64.encodebytes(fields.encode()).decode().replace("\n", "\r\n")
    text = f"""From: Microsoft Outlook <postmaster@justice.example>
To: <{to}>
Date: Sun, 22 Nov 2026 12:00:04 +0000
Content-Type: Multipart/Report;
 boundary="_000_BY5PR01MB4321=_=";
 Report-Type="delivery-status"
MIME-Version: 1.0
Content-Language: en-US
X-MS-Exchange-Message-Sent-Representing-Type: 1
Subject: Undeliverable: Please release Ana Ruiz
Auto-Submitted: auto-replied

--_000_BY5PR01MB4321=_=
Content-Type: multipart/alternative; boundary="_inner_"

--_inner_
Content-Type: text/html; charset="utf-8"

<html><body>Your message could not be delivered.</body></html>

--_inner_--

--_000_BY5PR01MB4321=_=
Content-Type: message/delivery-status
Content-Transfer-Encoding: base64

{packed}
--_000_BY5PR01MB4321=_=--
"""
    return text.replace("\r\n", "\n").replace("\n", "\r\n").encode()


def gmail(to: str = TO) -> bytes:
    """Words over several lines with the code on each; no blank line after the last field."""
    return f"""Delivered-To: {to}
Return-Path: <>
From: Mail Delivery Subsystem <mailer-daemon@big.example>
To: {to}
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
MIME-Version: 1.0
Content-Type: multipart/report; boundary="000000000000abcdef0642"; report-type=delivery-status

--000000000000abcdef0642
Content-Type: multipart/related; boundary="000000000000abcdef0643"

--000000000000abcdef0643
Content-Type: text/plain; charset="UTF-8"

** Address not found **

--000000000000abcdef0643--
--000000000000abcdef0642
Content-Type: message/delivery-status

Reporting-MTA: dns; big.example
Received-From-MTA: dns; letters@letters.example
Arrival-Date: Sun, 22 Nov 2026 04:00:05 -0800 (PST)
X-Original-Message-ID: <other@letters.example>

Final-Recipient: rfc822; director@justice.example
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.justice.example. (192.0.2.7, the server for the domain justice.example.)
Diagnostic-Code: smtp; 550-5.1.1 The account that you tried to reach does not exist. Please check
 550-5.1.1 the address for typing errors or needless spaces.
 550 5.1.1 a640c23a62f3a-b7654fd41a2si51233166b.318 - gsmtp
Last-Attempt-Date: Sun, 22 Nov 2026 04:00:06 -0800 (PST)
--000000000000abcdef0642
Content-Type: message/rfc822

Subject: Please release Ana Ruiz

--000000000000abcdef0642--
""".encode()


def vacation(to: str = TO) -> bytes:
    return f"""Return-Path: <>
To: {to}
From: Director <director@justice.example>
Subject: Out of office: Please release Ana Ruiz
Auto-Submitted: auto-replied
X-Autoreply: yes
Content-Type: text/plain

Final-Recipient: rfc822; director@justice.example
Action: failed
Status: 5.1.1

I am away until Monday.
""".encode()


def receipt_of_reading(to: str = TO) -> bytes:
    return (
        postfix(to)
        .replace(b"report-type=delivery-status", b"report-type=disposition-notification")
        .replace(b"message/delivery-status", b"message/disposition-notification")
    )


STYLES = {"postfix": postfix, "exim": exim, "exchange": exchange, "gmail": gmail}
