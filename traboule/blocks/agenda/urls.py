from .event_urls import urlpatterns as events
from .feed_urls import urlpatterns as feeds
from .poll_urls import urlpatterns as polls

# The roll and the paper sheets (presence_urls): import them here.

app_name = "agenda"

urlpatterns = [
    *feeds,
    *events,
    # *presence,
    *polls,
]
