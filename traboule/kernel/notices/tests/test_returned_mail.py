"""E-mail that comes back: an address that leads nowhere, a full box, a complaint."""

import datetime
import mailbox
from email.message import EmailMessage, Message
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.mime.text import MIMEText

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from traboule.kernel.journal.actions import record
from traboule.kernel.notices import bouncing
from traboule.kernel.notices.models import Bounce, Notice
from traboule.kernel.notices.signatures import signed_headers
from traboule.kernel.people import sms

ADDRESS = "rose@exemple.fr"


@pytest.fixture
def rose(person):
    return person("Rose", email=ADDRESS)


@pytest.fixture
def sent(say, carry):
    """What she was told, as it left by e-mail."""

    def told(person, **given) -> Notice:
        return carry(say(person, **given))

    return told


def original() -> Message:
    """The last e-mail that left, as the other side keeps it."""
    kept = EmailMessage()
    for name in ("From", "To", "Subject", "Message-ID"):
        kept[name] = mail.outbox[-1].message()[name]
    kept.set_content("…")
    return kept


def failure(status: str, *, action: str = "failed", of: Message | None = None) -> bytes:
    """A delivery report (RFC 3464), as Postfix writes them."""
    report = MIMEMultipart("report", report_type="delivery-status")
    report["From"], report["To"] = "MAILER-DAEMON@exemple.fr", "retours@traboule.fr"
    report.attach(MIMEText("This is the mail system at host mx.exemple.fr."))
    blocks = MIMENonMultipart("message", "delivery-status")
    whole, recipient = Message(), Message()
    whole["Reporting-MTA"] = "dns; mx.exemple.fr"
    recipient["Final-Recipient"], recipient["Action"] = f"rfc822; {ADDRESS}", action
    recipient["Status"], recipient["Diagnostic-Code"] = status, f"smtp; 550 {status} no such user"
    blocks.set_payload([whole, recipient])
    report.attach(blocks)
    report.attach(MIMEMessage(of or original()))
    return report.as_bytes()


def complaint() -> bytes:
    """A feedback report (RFC 5965), with the headers alone of what was complained of."""
    report = MIMEMultipart("report", report_type="feedback-report")
    report.attach(MIMEText("This is an email abuse report."))
    said = Message()
    said["Feedback-Type"], said["User-Agent"], said["Version"] = "abuse", "SomeMail/1.0", "1"
    feedback = MIMENonMultipart("message", "feedback-report")
    feedback.set_payload([said])
    report.attach(feedback)
    headers = "".join(f"{name}: {value}\n" for name, value in original().items())
    report.attach(MIMEText(headers, "rfc822-headers"))
    return report.as_bytes()


def take(raw: bytes) -> bool:
    return bouncing.take(raw, now=timezone.now())


def test_a_lost_address_is_left_for_another_way(
    person, sent, carry, django_capture_on_commit_callbacks
):
    rose = person("Rose", email=ADDRESS, mobile="+33612345601", preferred="email")
    notice = sent(rose)

    assert take(failure("5.1.1"))

    assert rose.channels.get(kind="email").bounce.nature == "lost"
    notice.refresh_from_db()
    assert notice.state == "waiting"
    carry(notice)
    assert [message["to"] for message in sms.outbox] == ["+33612345601"]


def test_who_has_no_other_way_is_left_to_the_house(rose, sent):
    notice = sent(rose)

    take(failure("5.1.1"))

    notice.refresh_from_db()
    assert notice.state == "failed"
    assert list(Notice.objects.undelivered()) == [notice]
    assert notice.deliveries.get().error == "smtp; 550 5.1.1 no such user"


def test_the_same_report_twice_counts_once(rose, sent):
    notice = sent(rose)

    assert take(failure("5.1.1"))
    assert take(failure("5.1.1"))

    assert Bounce.objects.count() == 1
    assert notice.deliveries.count() == 1


def test_a_full_box_is_tried_again_the_next_day(rose, sent, carry):
    notice = sent(rose)

    take(failure("4.2.2"))

    notice.refresh_from_db()
    assert notice.state == "waiting"
    assert notice.not_before > timezone.now() + datetime.timedelta(hours=23)
    assert not Bounce.objects.exists()
    carry(notice, now=timezone.now() + datetime.timedelta(days=2))
    assert len(mail.outbox) == 2


def test_a_box_that_stays_full_is_left_to_the_house(rose, sent, carry):
    notice = sent(rose)

    for day in range(2, 6):
        take(failure("5.2.2"))
        carry(notice, now=timezone.now() + datetime.timedelta(days=day))

    assert notice.state == "failed"
    assert len(mail.outbox) == 4


def test_a_report_of_delay_changes_nothing(rose, sent):
    notice = sent(rose)

    assert not take(failure("4.4.1", action="delayed"))

    notice.refresh_from_db()
    assert notice.state == "sent"


def test_after_a_complaint_only_what_is_urgent_goes_there(rose, sent, say, carry):
    sent(rose, at_once=True, urgent=False)

    assert take(complaint())

    assert say(rose, urgent=False, at_once=True).state == "web"
    carry(say(rose))
    assert len(mail.outbox) == 2


def test_who_signs_in_with_a_code_by_e_mail_is_written_to_again(rose, sent, say):
    sent(rose)
    take(failure("5.1.1"))

    record("sign-in", rose, by=rose, channel="email")

    assert not Bounce.objects.exists()


def test_nobody_makes_up_a_failure(rose, sent):
    notice = sent(rose)
    forged = EmailMessage()
    forged["Message-ID"] = f"<notice-{notice.pk}-{'0' * 20}@localhost>"
    forged.set_content("…")

    assert not take(failure("5.1.1", of=forged))
    assert not take(b"\xff\xfe no mail at all")
    assert not take(b"Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/")
    assert not Bounce.objects.exists()


def test_only_a_signed_report_comes_in(rose, sent, client, settings):
    settings.MAIL_WEBHOOK_SECRET = "secret"
    sent(rose)
    raw, url = failure("5.1.1"), reverse("notices:returned")

    def post(**headers):
        return client.post(url, raw, content_type="message/rfc822", headers=headers).status_code

    assert post() == 400
    assert post(**signed_headers(raw, secret="other")) == 400
    assert post(**signed_headers(raw, secret="secret")) == 202
    assert Bounce.objects.count() == 1


def test_our_own_mailbox_is_read_and_other_mail_is_left_there(rose, sent, settings, tmp_path):
    settings.BOUNCE_MAILDIR = str(tmp_path / "box")
    box = mailbox.Maildir(settings.BOUNCE_MAILDIR, create=True)
    sent(rose)
    box.add(failure("5.1.1"))
    box.add(b"Subject: Bonjour\n\nJe ne viens pas.")

    bouncing.read_mailbox(timezone.now())
    bouncing.read_mailbox(timezone.now())

    assert Bounce.objects.count() == 1
    (left,) = mailbox.Maildir(settings.BOUNCE_MAILDIR)
    assert (left["Subject"], left.get_flags()) == ("Bonjour", "S")
