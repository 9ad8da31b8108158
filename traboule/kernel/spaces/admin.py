"""The back office: looking spaces up; what changes them has its own pages."""

from typing import Any

from django.contrib import admin

from .models import Participation, Space, SpaceBlock


class SpaceBlockInline(admin.TabularInline):
    model = SpaceBlock
    extra = 0


@admin.register(Space)
class SpaceAdmin(admin.ModelAdmin):
    list_display = ("initiative", "recipe_title", "starts_on", "closed_at")
    list_select_related = ("initiative",)
    search_fields = ("initiative__title", "access_code")
    raw_id_fields = ("initiative", "purse")
    inlines = (SpaceBlockInline,)
    show_full_result_count = False

    def has_add_permission(self, request: Any) -> bool:
        return False  # A space starts from a sheet.

    def has_delete_permission(self, request: Any, obj: Space | None = None) -> bool:
        return False  # It is closed, and kept.


@admin.register(Participation)
class ParticipationAdmin(admin.ModelAdmin):
    list_display = ("person", "space", "role", "since", "left_at")
    list_select_related = ("person", "space__initiative")
    list_filter = ("role",)
    search_fields = ("person__name", "space__initiative__title")
    raw_id_fields = ("person", "space")
    show_full_result_count = False
