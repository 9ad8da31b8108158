from django.urls import path

from .contribute_urls import urlpatterns as contributing
from .data_urls import urlpatterns as open_data
from .print_urls import urlpatterns as printing
from .views import public

app_name = "initiatives"
urlpatterns = [
    path("", public.home, name="home"),
    path("initiatives/", public.explore, name="explore"),
    path("initiatives/carte.geojson", public.map_points, name="map-points"),
    path("initiatives/fond.geojson", public.map_background, name="map-background"),
    *printing,
    *open_data,
    *contributing,
    path("initiatives/<slug:slug>/", public.sheet, name="sheet"),
    path("initiatives/<slug:slug>/point.geojson", public.map_point, name="map-point"),
]
