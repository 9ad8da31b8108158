"""One process among several that want the same seat: ``python -m …racer EVENT PERSON…``.

It says that it is ready, and asks for its people as soon as it is told to go.
"""

import sys

import django


def main(event: str, *people: str) -> None:
    """Sign these people up, one after the other."""
    django.setup()
    # Late: models exist once Django is set up.
    from traboule.blocks.agenda.actions.signups import sign_up
    from traboule.blocks.agenda.models import Event
    from traboule.kernel.people.models import Person

    wanted = Event.objects.get(pk=event)
    asking = [Person.objects.get(pk=key) for key in people]
    print("ready", flush=True)
    sys.stdin.readline()
    for person in asking:
        sign_up(event=wanted, person=person, by=person)


if __name__ == "__main__":
    main(*sys.argv[1:])
