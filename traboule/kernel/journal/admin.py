from typing import Any

from django.contrib import admin

from .models import Entry


@admin.register(Entry)
class EntryAdmin(admin.ModelAdmin):
    """The journal is read here, and only read."""

    list_display = ("at", "act", "subject_label", "subject_type", "by_key", "for_key")
    list_filter = ("act", "subject_type")
    search_fields = ("=subject_key", "=by_key", "=for_key")
    date_hierarchy = "at"
    show_full_result_count = False

    def has_add_permission(self, request: Any) -> bool:
        return False

    def has_change_permission(self, request: Any, obj: Entry | None = None) -> bool:
        return False

    def has_delete_permission(self, request: Any, obj: Entry | None = None) -> bool:
        return False
