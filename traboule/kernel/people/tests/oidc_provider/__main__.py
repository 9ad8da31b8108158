"""Start the provider on a free port, which it prints: ``python -m …tests.oidc_provider``."""

import os
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = f"{__package__}.settings"
django.setup()


class Server(ThreadingMixIn, WSGIServer):
    """One thread a connection: browsers open some that they do not use at once."""

    daemon_threads = True


class Silent(WSGIRequestHandler):
    """Says nothing of what it is asked."""

    def log_message(self, *args: object) -> None:
        pass


def fill() -> None:
    """Make the one person and one client of each kind."""
    from django.contrib.auth import get_user_model
    from oauth2_provider.models import Application

    from .behaviour import CLIENTS

    call_command("migrate", run_syncdb=True, verbosity=0)
    get_user_model().objects.create_user("camille")
    for client in CLIENTS:
        Application.objects.create(
            client_id=client,
            client_secret="secret",
            client_type=Application.CLIENT_CONFIDENTIAL,
            authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
            algorithm=Application.RS256_ALGORITHM,
            # A loopback address is good on every port.
            redirect_uris=f"http://localhost/connexion/pro/{client}/retour/",
            post_logout_redirect_uris="http://localhost/deconnexion/",
            skip_authorization=client != "asks",
        )


fill()
with make_server("127.0.0.1", 0, get_wsgi_application(), Server, Silent) as server:
    print(server.server_port, flush=True)
    server.serve_forever()
