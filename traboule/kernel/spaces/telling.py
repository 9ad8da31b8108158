"""What the people of a space are told, on their own channel; in the background when many are."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django_tasks import task

from traboule.kernel.notices.actions import tell

from .models import News, Role

if TYPE_CHECKING:
    from .models import Participation


@task()
def tell_news(pk: int) -> None:
    """Put a piece of news in everyone's weekly digest, its writer's apart. Safe to repeat."""
    news = News.objects.select_related("space__initiative", "space__purse").filter(pk=pk).first()
    if news is None or news.hidden_at:  # Taken away before it left.
        return
    for participation in news.space.roll():
        if participation.person_id != news.by_id:
            tell(
                person=participation.person,
                kind="space-news",
                subject=_("%(space)s : %(title)s"),
                text="%(text)s",
                values={"space": news.space, "title": news.title, "text": news.text},
                url=news.space.get_absolute_url(),
                purse=news.space.purse,
                key=f"space-news:{news.pk}:{participation.person_id}",
            )


def tell_request(asking: "Participation") -> None:
    """Tell those who facilitate that someone asks to take part; who it is stands in the space.

    A name written here would stay with those who were told, after whoever asked is erased.
    """
    for participation in asking.space.roll().at_least(Role.FACILITATOR):
        tell(
            person=participation.person,
            kind="space-request",
            subject=_("Une personne demande à prendre part à « %(space)s »"),
            text=_(
                "Une personne demande à prendre part à « %(space)s ». Voyez qui, et répondez, "
                "depuis l’espace."
            ),
            values={"space": asking.space},
            url=asking.space.get_absolute_url(),
            purse=asking.space.purse,
        )


def tell_removal(participation: "Participation") -> None:
    """Tell someone that the team ended their participation."""
    space = participation.space
    tell(
        person=participation.person,
        kind="space-removal",
        subject=_("Vous ne prenez plus part à « %(space)s »"),
        text=_(
            "L’équipe a noté que vous ne prenez plus part à « %(space)s ». "
            "Si c’est une erreur, appelez-la : %(phone)s"
        ),
        values={"space": space, "phone": space.help_phone or space.initiative.place},
        url=space.get_absolute_url(),
        purse=space.purse,
    )
