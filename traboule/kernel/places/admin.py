"""Places in the back office: to look at, and to correct a point."""

from django.contrib import admin

from .models import Commune, Department, Epci, PriorityNeighbourhood, Region


@admin.register(Commune)
class CommuneAdmin(admin.ModelAdmin):
    """One commune; its code and name belong to the official list."""

    list_display = ("name", "code", "department", "population", "approximate")
    list_filter = ("approximate", "department__region")
    list_select_related = ("department",)
    search_fields = ("search_name", "=code", "=postal_codes__code")
    readonly_fields = ("code", "name", "department", "epci")
    show_full_result_count = False


@admin.register(PriorityNeighbourhood)
class PriorityNeighbourhoodAdmin(admin.ModelAdmin):
    """One priority neighbourhood; its outline belongs to the official file."""

    list_display = ("name", "code", "commune", "vintage")
    list_filter = ("vintage",)
    list_select_related = ("commune",)
    search_fields = ("name", "code", "commune__search_name")
    readonly_fields = ("code", "commune", "geometry", "west", "south", "east", "north", "vintage")


@admin.register(Region, Department, Epci)
class AreaAdmin(admin.ModelAdmin):
    """A region, a department or an intercommunality."""

    list_display = ("name", "pk")
    search_fields = ("name", "pk")
