"""What a site answers gets a name: no, not found, no picture, not who it says. TRUST.md 67."""

from __future__ import annotations

import datetime
import socket
import ssl
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from pinboard.ingest.errors import FetchFailed, FetchRefused, FetchUnsupported
from pinboard.ingest.fetch import PICTURE, fetch
from tests.ingest.sites import QUICK, names, page, site
from tests.ingest.test_fetch_limits import PNG, fetch_from


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("404 Not Found", "fetch_gone"),
        ("410 Gone", "fetch_gone"),
        ("403 Forbidden", "fetch_forbidden"),
        ("429 Too Many Requests", "fetch_forbidden"),
        ("500 Oops", "fetch_failed"),
        ("204 No Content", "fetch_failed"),
    ],
)
def test_an_answer_that_says_no_is_told_in_words(status: str, code: str) -> None:
    with pytest.raises(FetchFailed) as caught:
        fetch_from(page(b"<html>", status=status))
    assert caught.value.code == code


@pytest.mark.parametrize(
    "content_type", ["image/jpeg", "image/png", "text/html", "application/octet-stream"]
)
def test_a_page_behind_a_pictures_address_is_no_picture(content_type: str) -> None:
    for body in (
        b"<!doctype html><html>",
        b"<svg xmlns='http://www.w3.org/2000/svg'>",
        b"%PDF-1.7",
    ):
        with pytest.raises(FetchUnsupported):
            fetch_from(page(body, content_type=content_type), PICTURE)


def test_a_picture_is_known_by_its_bytes() -> None:
    for content_type in ("image/png", "application/octet-stream", "text/html"):
        fetched = fetch_from(page(PNG, content_type=content_type), PICTURE)
        assert (fetched.kind, fetched.body) == ("picture", PNG)


def test_what_is_neither_page_nor_picture_is_refused() -> None:
    for content_type in ("application/pdf", "text/plain", "video/mp4", "image/svg+xml"):
        with pytest.raises(FetchUnsupported):
            fetch_from(page(b"%PDF-1.7 ...", content_type=content_type))


def test_names_without_address_and_sites_without_server_are_told_apart() -> None:
    with pytest.raises(FetchFailed) as caught:
        fetch("https://shop.test/", resolve=names())
    assert caught.value.code == "fetch_unknown_host"
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    with pytest.raises(FetchFailed) as caught:
        fetch(f"http://127.0.0.1:{port}/", allow=["127.0.0.0/8"])
    assert caught.value.code == "fetch_failed"


def certificate(folder: Path, name: str) -> Path:
    """A self-signed certificate and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName(
                [x509.DNSName(name), x509.IPAddress(ip_address("127.9.9.9"))]
            ),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    path = folder / "site.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    return path


def test_https_is_verified_for_the_name_not_the_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = certificate(tmp_path, "shop.test")
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    asked: list[str | None] = []
    context.sni_callback = lambda _socket, name, _context: asked.append(name)
    resolve = names(shop_test="127.0.0.1", other_test="127.0.0.1")
    wrapped = lambda plain: context.wrap_socket(plain, server_side=True)  # noqa: E731  # one line says it
    with site(page(b"<html>"), wrapped) as server:
        allow = ["127.0.0.0/8"]
        assert (
            fetch(f"https://shop.test:{server.port}/", allow=allow, resolve=resolve).status == 200
        )
        with pytest.raises(FetchFailed) as caught:
            fetch(f"https://other.test:{server.port}/", allow=allow, resolve=resolve)
        assert caught.value.code == "fetch_certificate"
        assert asked == ["shop.test", "other.test"]
        assert len(server.requests) == 1


def test_a_server_that_never_shakes_hands_is_left() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(FetchFailed):
            fetch(f"https://127.0.0.1:{port}/", allow=["127.0.0.0/8"], limits=QUICK)
        with pytest.raises(FetchRefused):
            fetch(f"https://127.0.0.1:{port}/", limits=QUICK)
