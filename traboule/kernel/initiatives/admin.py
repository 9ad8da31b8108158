"""The back office: looking things up and mending them by hand; the acts have their own pages."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from .actions import revise, withdraw
from .models import Confirmation, Draft, Initiative, Job, Picture, Result


class ResultInline(admin.TabularInline):
    model = Result
    extra = 0


class PictureInline(admin.TabularInline):
    model = Picture
    extra = 0


@admin.register(Initiative)
class InitiativeAdmin(admin.ModelAdmin):
    """Corrections by hand; the sheet, its search words and the journal follow."""

    list_display = ["title", "theme", "state", "commune", "holder", "published_at"]
    list_filter = ["theme", "state", "origin"]
    search_fields = ["title", "slug"]
    autocomplete_fields = ["commune", "holder"]
    raw_id_fields = ["neighbourhood"]
    readonly_fields = ["html", "revised_at"]
    inlines = [ResultInline, PictureInline]
    show_full_result_count = False
    actions = ["withdraw"]

    @admin.action(description=_("Retirer de la publication"))
    def withdraw(self, request, queryset) -> None:
        for initiative in queryset:
            withdraw(initiative, by=request.user, reason="/gestion/")

    def save_related(self, request, form, formsets, change) -> None:
        super().save_related(request, form, formsets, change)
        revise(form.instance, by=request.user)

    def has_add_permission(self, request) -> bool:
        return False  # A sheet comes from a contribution, a file or an import.

    def has_delete_permission(self, request, obj=None) -> bool:
        return False  # It is withdrawn, and kept.


@admin.register(Draft)
class DraftAdmin(admin.ModelAdmin):
    list_display = ["__str__", "status", "department_code", "updated_at"]
    list_filter = ["status"]
    search_fields = ["code"]
    raw_id_fields = ["author", "initiative"]


@admin.register(Confirmation)
class ConfirmationAdmin(admin.ModelAdmin):
    list_display = ["initiative", "asked_at", "answer", "answered_at"]
    list_filter = ["answer"]
    raw_id_fields = ["initiative"]


@admin.register(Job)
class JobAdmin(admin.ModelAdmin):
    list_display = ["__str__", "by", "done", "total", "created_at"]
    list_filter = ["kind", "status"]
    raw_id_fields = ["by"]
