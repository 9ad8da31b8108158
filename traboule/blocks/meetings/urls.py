from .meeting_urls import urlpatterns as meetings
from .minutes_urls import urlpatterns as minutes

app_name = "meetings"

urlpatterns = [*meetings, *minutes]
