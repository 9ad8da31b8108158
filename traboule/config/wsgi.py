"""The door by which the application server enters."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "traboule.config.settings")

application = get_wsgi_application()
