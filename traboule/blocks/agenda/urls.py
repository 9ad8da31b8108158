from .event_urls import urlpatterns as events
from .feed_urls import urlpatterns as feeds
from .poll_urls import urlpatterns as polls
from .presence_urls import urlpatterns as presence

app_name = "agenda"

urlpatterns = [*feeds, *events, *presence, *polls]
