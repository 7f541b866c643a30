"""Delivery by SMTP: to a mail server of the newsroom's, under TLS, for test mails.

The server and the login come from the environment or from the system's keyring, never from a file of the project.
"""

import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal, NamedTuple

from composer.delivery.adapter import Letter, Receipt
from composer.errors import NotSent, PerhapsSent

Security = Literal["starttls", "implicit", "none"]
# The service under which the keyring keeps host, port, user, password and security.
KEYRING_SERVICE = "composer-smtp"
SECONDS = 30.0

_SECURITIES: dict[str, Security] = {"": "starttls", "starttls": "starttls", "implicit": "implicit", "tls": "implicit", "ssl": "implicit", "none": "none"}
_PORTS: dict[Security, int] = {"starttls": 587, "implicit": 465, "none": 25}
_HERE = ("localhost", "127.0.0.1", "::1")
# What the server is told of this machine: an address says less of its owner than its name does.
_THIS_MACHINE = "[127.0.0.1]"
_SEE = "docs/sending.md says how to set up a server"


class SmtpSettings(NamedTuple):
    """A mail server and how to speak to it; no login without a user. `authority` is a file with a private CA's certificate."""

    host: str
    port: int
    security: Security = "starttls"
    user: str = ""
    password: str = ""
    authority: Path | None = None
    seconds: float = SECONDS

    def __repr__(self) -> str:
        return f"SmtpSettings({self.host}:{self.port}, {self.security}, {'with' if self.user else 'without'} login)"


Secrets = Callable[[str], str | None]


def settings_from(environment: Mapping[str, str], secrets: Secrets, *, authority: Path | None = None, seconds: float = SECONDS) -> SmtpSettings:
    """The settings in COMPOSER_SMTP_HOST, _PORT, _USER, _PASSWORD and _SECURITY, else in the keyring. Raises NotSent.

    Where the environment names the server, the keyring is asked for nothing but the password of the user named there.
    """
    named = {key: environment.get(f"COMPOSER_SMTP_{key.upper()}", "").strip() for key in ("host", "port", "user", "security")}
    password = environment.get("COMPOSER_SMTP_PASSWORD", "")
    if not named["host"]:
        named |= {key: named[key] or secrets(key) or "" for key in ("host", "port", "user", "security")}
    if named["user"] and not password:
        password = secrets("password") or ""
    if not named["host"]:
        raise NotSent("no mail server is named", f"set COMPOSER_SMTP_HOST to your mail service's SMTP server, or keep it in the keyring; {_SEE}")
    if named["user"] and not password:
        raise NotSent(f"there is no password for {named['user']}", f"set COMPOSER_SMTP_PASSWORD, or type: keyring set {KEYRING_SERVICE} password")
    port, security = _port_and_security(named["port"], named["security"].lower())
    if security == "none" and named["host"] not in _HERE:
        raise NotSent(
            f"COMPOSER_SMTP_SECURITY=none would send the mail to {named['host']} for everybody on the way to read",
            "leave it out; without TLS Composer speaks only to a server on this machine",
        )
    return SmtpSettings(named["host"], port, security, named["user"], password, authority, seconds)


def _port_and_security(port: str, security: str) -> tuple[int, Security]:
    if security not in _SECURITIES:
        raise NotSent(f"`{security}` is no way to secure mail", "COMPOSER_SMTP_SECURITY is starttls, implicit, or none for a server on this machine")
    if port and not (port.isascii() and port.isdecimal() and 0 < int(port) < 65_536):
        raise NotSent(f"`{port}` is no port", "COMPOSER_SMTP_PORT is a number, most often 587 or 465")
    kind = "implicit" if not security and port == "465" else _SECURITIES[security]
    return int(port) if port else _PORTS[kind], kind


def secret_in_keyring(name: str) -> str | None:
    """What the system's keyring keeps under a name; None where there is none, or no keyring. Raises NotSent where it does not open."""
    try:
        import keyring
        from keyring.errors import KeyringError, NoKeyringError
    except ImportError:
        return None
    try:
        return keyring.get_password(KEYRING_SERVICE, name)
    except NoKeyringError:
        return None
    except (KeyringError, RuntimeError, OSError) as error:
        raise NotSent(
            f"the system's keyring did not open: {error or type(error).__name__}",
            f"unlock it and send again, or set COMPOSER_SMTP_HOST, _USER and _PASSWORD; {_SEE}",
        ) from error


class Smtp:
    """A mail server that takes letters."""

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings
        self._where = f"{settings.host}, port {settings.port}"

    def deliver(self, letter: Letter) -> Receipt:
        """Hand a letter over, once. Raises NotSent or PerhapsSent."""
        context = self._tls()
        with self._explained():
            server = self._connected(context)
            try:
                self._introduced(server, context)
                self._addressed(server, letter)
                answer = self._handed_over(server, letter.message)
                # It is delivered; a server that is rude at the end changes nothing.
                with suppress(smtplib.SMTPException, OSError):
                    server.quit()
            finally:
                server.close()
        return Receipt(self._settings.host, answer)

    def _tls(self) -> ssl.SSLContext:
        """Certificates are verified, by the system's authorities or by the private one that is named."""
        authority = self._settings.authority
        try:
            return ssl.create_default_context(cafile=str(authority) if authority is not None else None)
        except ssl.SSLError:
            raise NotSent(f"{authority} holds no certificate", "--ca takes a PEM file: -----BEGIN CERTIFICATE-----") from None
        except OSError as error:
            raise NotSent(f"{authority} cannot be read: {error.strerror}", "--ca takes the PEM file of your private certificate authority") from None

    def _connected(self, context: ssl.SSLContext) -> smtplib.SMTP:
        host, port, seconds = self._settings.host, self._settings.port, self._settings.seconds
        if self._settings.security == "implicit":
            return smtplib.SMTP_SSL(host, port, _THIS_MACHINE, timeout=seconds, context=context)
        return smtplib.SMTP(host, port, _THIS_MACHINE, timeout=seconds)

    def _introduced(self, server: smtplib.SMTP, context: ssl.SSLContext) -> None:
        """Greeting, TLS and login."""
        server.ehlo_or_helo_if_needed()
        if self._settings.security == "starttls":
            if not server.has_extn("starttls"):
                raise NotSent(
                    f"{self._where} offers no TLS (STARTTLS), so neither mail nor password was sent",
                    "try port 465, which speaks TLS from the start: COMPOSER_SMTP_PORT=465",
                )
            server.starttls(context=context)
            server.ehlo()
        if self._settings.user:
            self._login(server)

    def _login(self, server: smtplib.SMTP) -> None:
        try:
            server.login(self._settings.user, self._settings.password)
        except smtplib.SMTPAuthenticationError as refused:
            words = f"{self._where} refused the login of {self._settings.user}: {_words(refused.smtp_code, refused.smtp_error)}"
            raise NotSent(words, "check COMPOSER_SMTP_USER and _PASSWORD; many services want an app password made for this purpose") from None
        except smtplib.SMTPNotSupportedError:
            raise NotSent(f"{self._where} takes no login", "leave COMPOSER_SMTP_USER out, or check that this is the port for sending: 587 or 465") from None
        except UnicodeError:
            raise NotSent("the login holds letters that SMTP cannot carry", "use a password of ASCII letters, digits and signs") from None

    def _addressed(self, server: smtplib.SMTP, letter: Letter) -> None:
        """The envelope."""
        code, reply = server.mail(letter.sender)
        if code != 250:
            words = f"{self._where} takes no mail from {letter.sender}: {_words(code, reply)}"
            raise NotSent(words, "let it be sent from an address that this login may use: `sender:` in newsletter.yaml, or another server")
        code, reply = server.rcpt(letter.recipient)
        if code not in (250, 251):
            raise NotSent(
                f"{self._where} takes no mail for {letter.recipient}: {_words(code, reply)}", "check the address; some servers deliver after a login only"
            )

    def _handed_over(self, server: smtplib.SMTP, message: bytes) -> str:
        """The mail itself. Until its last line is sent nobody can have got it; afterwards it may have arrived."""
        code, reply = server.docmd("DATA")
        if code != 354:
            raise NotSent(f"{self._where} does not take the mail: {_words(code, reply)}", "its words say why")
        server.send(_dots_doubled(message))
        try:
            server.send(b".\r\n")
            code, reply = server.getreply()
        except (smtplib.SMTPException, OSError) as error:
            broke = "did not say in time" if _is_timeout(error) else "broke the line before it said"
            raise PerhapsSent(
                f"{self._where} {broke} whether it took the mail",
                "look into the inbox before you send another: it may have arrived, and Composer does not send it again by itself",
            ) from None
        if code != 250:
            raise NotSent(
                f"{self._where} refused the mail: {_words(code, reply)}", "its words say why; composer check tells what else may be wrong with the mail"
            )
        return _words(code, reply)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Whatever a network and a server may do, in one sentence."""
        try:
            yield
        except (NotSent, PerhapsSent):
            raise
        except ssl.SSLCertVerificationError as error:
            raise NotSent(
                f"the certificate of {self._where} is not to be trusted: {error.verify_message.rstrip('.')}",
                "check the name in COMPOSER_SMTP_HOST; for a private certificate authority name its file: --ca FILE",
            ) from None
        except ssl.SSLError as error:
            raise NotSent(
                f"TLS with {self._where} failed: {(error.reason or 'no common language').replace('_', ' ').lower()}",
                "port 465 speaks TLS from the start, 587 after STARTTLS: check COMPOSER_SMTP_PORT and _SECURITY",
            ) from None
        except (socket.gaierror, UnicodeError):
            raise NotSent(f"no server is called {self._settings.host}", "check COMPOSER_SMTP_HOST, and whether this machine is online") from None
        except ConnectionRefusedError:
            raise NotSent(f"nobody answers at {self._where}", "check COMPOSER_SMTP_PORT, most often 587 or 465, and whether a firewall is in the way") from None
        except (smtplib.SMTPException, OSError) as error:
            raise self._failed(error) from None

    def _failed(self, error: smtplib.SMTPException | OSError) -> NotSent:
        if _is_timeout(error):
            return NotSent(
                f"{self._where} did not answer within {self._settings.seconds:g} seconds; nothing was sent",
                "try again later, or with --timeout; a port that speaks TLS from the start, as 465, needs COMPOSER_SMTP_SECURITY=implicit",
            )
        if isinstance(error, smtplib.SMTPResponseException):
            return NotSent(f"{self._where} turned us away: {_words(error.smtp_code, error.smtp_error)}", "its words say why; nothing was sent")
        if isinstance(error, (smtplib.SMTPServerDisconnected, ConnectionError)):
            return NotSent(f"{self._where} broke the line; nothing was sent", "try again; if it happens again, the server's log says why")
        words = getattr(error, "strerror", None) or str(error)
        return NotSent(f"{self._where} cannot be reached: {words}", "check COMPOSER_SMTP_HOST and _PORT, and whether this machine is online")


def _dots_doubled(message: bytes) -> bytes:
    """The message with dots at the beginning of lines doubled (RFC 5321, 4.5.2), and a line's end at its own."""
    whole = message if message.endswith(b"\r\n") else message + b"\r\n"
    return re.sub(rb"^\.", b"..", whole, flags=re.MULTILINE)


def _is_timeout(error: BaseException) -> bool:
    """Whether time ran out: smtplib reports that as a broken line."""
    return isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)


def _words(code: int, reply: bytes | str) -> str:
    """A server's answer on one line."""
    text = reply.decode(errors="replace") if isinstance(reply, bytes) else reply
    return " ".join(f"{code} {text}".split())[:300]
